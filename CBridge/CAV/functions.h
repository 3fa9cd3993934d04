/* functions.h: every function of FFmpeg's that is called, by the library that has it. */
#ifndef ZCAV_FUNCTIONS_H
#define ZCAV_FUNCTIONS_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/cpu.h>
#include <libavutil/hwcontext.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libavutil/samplefmt.h>
#include <libswscale/swscale.h>

#define AVUTIL(F)                                                                                  \
  F(avutil_version)                                                                                \
  F(av_version_info)                                                                               \
  F(av_log_get_level)                                                                              \
  F(av_log_set_level)                                                                              \
  F(av_strerror)                                                                                   \
  F(av_malloc)                                                                                     \
  F(av_mallocz)                                                                                    \
  F(av_free)                                                                                       \
  F(av_freep)                                                                                      \
  F(av_cpu_count)                                                                                  \
  F(av_rescale_q)                                                                                  \
  F(av_dict_set)                                                                                   \
  F(av_dict_free)                                                                                  \
  F(av_frame_alloc)                                                                                \
  F(av_frame_free)                                                                                 \
  F(av_frame_clone)                                                                                \
  F(av_frame_copy_props)                                                                           \
  F(av_frame_get_buffer)                                                                           \
  F(av_frame_get_side_data)                                                                        \
  F(av_frame_unref)                                                                                \
  F(av_frame_apply_cropping)                                                                       \
  F(av_buffer_create)                                                                              \
  F(av_buffer_ref)                                                                                 \
  F(av_buffer_unref)                                                                               \
  F(av_get_pix_fmt)                                                                                \
  F(av_get_pix_fmt_name)                                                                           \
  F(av_pix_fmt_desc_get)                                                                           \
  F(av_pix_fmt_count_planes)                                                                       \
  F(av_image_get_linesize)                                                                         \
  F(av_get_sample_fmt_name)                                                                        \
  F(av_sample_fmt_is_planar)                                                                       \
  F(av_hwdevice_ctx_alloc)                                                                         \
  F(av_hwdevice_ctx_init)                                                                          \
  F(av_hwframe_ctx_alloc)                                                                          \
  F(av_hwframe_ctx_init)                                                                           \
  F(av_hwframe_map)                                                                                \
  F(av_hwframe_transfer_data)

#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
#define AVCODEC_SIDE_DATA(F) F(av_packet_side_data_get)
#define AVFORMAT_SIDE_DATA(F)
#else
#define AVCODEC_SIDE_DATA(F)
#define AVFORMAT_SIDE_DATA(F) F(av_stream_get_side_data)
#endif

#define AVCODEC(F)                                                                                 \
  F(avcodec_version)                                                                               \
  F(avcodec_find_decoder)                                                                          \
  F(avcodec_find_decoder_by_name)                                                                  \
  F(avcodec_descriptor_get_by_name)                                                                \
  F(avcodec_profile_name)                                                                          \
  F(avcodec_get_name)                                                                              \
  F(avcodec_get_hw_config)                                                                         \
  F(avcodec_get_hw_frames_parameters)                                                              \
  F(avcodec_default_get_buffer2)                                                                   \
  F(avcodec_default_get_format)                                                                    \
  F(avcodec_alloc_context3)                                                                        \
  F(avcodec_free_context)                                                                          \
  F(avcodec_parameters_alloc)                                                                      \
  F(avcodec_parameters_free)                                                                       \
  F(avcodec_parameters_from_context)                                                               \
  F(avcodec_parameters_to_context)                                                                 \
  F(avcodec_open2)                                                                                 \
  F(avcodec_send_packet)                                                                           \
  F(avcodec_receive_frame)                                                                         \
  F(avcodec_flush_buffers)                                                                         \
  F(av_packet_alloc)                                                                               \
  F(av_packet_free)                                                                                \
  F(av_packet_ref)                                                                                 \
  F(av_packet_unref)                                                                               \
  F(av_new_packet)                                                                                 \
  AVCODEC_SIDE_DATA(F)

#define AVFORMAT(F)                                                                                \
  F(avformat_version)                                                                              \
  F(avformat_alloc_context)                                                                        \
  F(avformat_open_input)                                                                           \
  F(avformat_close_input)                                                                          \
  F(avformat_free_context)                                                                         \
  F(avformat_find_stream_info)                                                                     \
  F(avformat_index_get_entries_count)                                                              \
  F(avio_alloc_context)                                                                            \
  F(avio_context_free)                                                                             \
  F(av_probe_input_buffer2)                                                                        \
  F(av_find_best_stream)                                                                           \
  F(av_guess_frame_rate)                                                                           \
  F(av_guess_sample_aspect_ratio)                                                                  \
  F(av_read_frame)                                                                                 \
  F(av_seek_frame)                                                                                 \
  AVFORMAT_SIDE_DATA(F)

#define SWSCALE(F)                                                                                 \
  F(swscale_version)                                                                               \
  F(sws_isSupportedInput)                                                                          \
  F(sws_isSupportedOutput)                                                                         \
  F(sws_getContext)                                                                                \
  F(sws_getCoefficients)                                                                           \
  F(sws_setColorspaceDetails)                                                                      \
  F(sws_scale)                                                                                     \
  F(sws_freeContext)

#endif

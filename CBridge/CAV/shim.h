/* shim.h: what the files of the shim share. zcav.h is the contract with the outside. */
#ifndef ZCAV_SHIM_H
#define ZCAV_SHIM_H

#include "functions.h"
#include "zcav.h"

/* FFmpeg 5.1: from here on sound has an AVChannelLayout. */
#if LIBAVUTIL_VERSION_INT < AV_VERSION_INT(57, 28, 100)
#error "FFmpeg's headers are older than 5.1"
#endif

enum {
  ZCAV_MOST_STREAMS = 1024,
  ZCAV_MOST_THREADS = 16,
};

typedef struct zcav_device zcav_device;

/* -- table.c -- */
/* FFmpeg's functions by their own names: av.av_read_frame(...). Filled before the table is given.
 */
typedef struct {
#define POINTER(name) __typeof__(name) *name;
  AVUTIL(POINTER) AVCODEC(POINTER) AVFORMAT(POINTER) SWSCALE(POINTER)
#undef POINTER
} zcav_functions;
extern zcav_functions av;

/* -- error.c -- */
/* Fills in the error with text of ours, and answers the status. */
zcav_status fail(zcav_error *err, zcav_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a number of FFmpeg's, with its own words, after `doing` and a colon. */
zcav_status fail_code(zcav_error *err, int code, const char *doing);
zcav_status no_memory(zcav_error *err);
/* Copies what fits of a name. */
void copy_name(char *to, size_t size, const char *from);

/* -- file.c -- */
/* A regular file, opened for reading. Nothing waits for anybody on a file. */
zcav_status file_open(const char *path, int *descriptor, zcav_error *err);
/* A new reader of the file with a place of its own, or NULL without memory. */
AVIOContext *file_reader(int descriptor);
void file_reader_close(AVIOContext *reader);

/* -- length.c -- */
/* The file has fewer bytes than it says, in a container of that name. */
int file_is_short(int descriptor, const char *format);

/* -- media.c -- */
struct zcav_media {
  AVFormatContext *format;
  AVIOContext *reader;
  char *path;
  int descriptor;
  int selected; /* the stream whose packets are read, -1: none yet */
};
zcav_status media_open(const char *path, zcav_media **media, zcav_error *err);
zcav_status media_again(zcav_media *media, zcav_media **other, zcav_error *err);
void media_close(zcav_media *media);
zcav_status media_read(zcav_media *media, int32_t stream, zcav_packet **packet, zcav_error *err);
zcav_status media_seek(zcav_media *media, int32_t stream, int64_t time, zcav_error *err);

/* -- stream.c -- */
/* The stream of that number, or NULL. */
AVStream *media_stream_at(const zcav_media *media, int32_t index);
/* Image files: "image2", and those that end in "_pipe", one for each kind of picture. */
int is_image(const AVInputFormat *kind);
const char *media_format(zcav_media *media);
int32_t media_stream_count(zcav_media *media);
void media_stream(zcav_media *media, int32_t index, zcav_stream *stream);
int32_t media_best(zcav_media *media, int32_t kind);

/* -- packet.c -- */
struct zcav_packet {
  AVPacket *packet;
  int64_t mark;
};
/* A packet without bytes, or NULL without memory. */
zcav_packet *packet_alloc(void);
zcav_status packet_create(const uint8_t *data, size_t size, int64_t pts, int64_t dts,
                          int32_t is_key, zcav_packet **packet, zcav_error *err);
zcav_status packet_share(const zcav_packet *packet, int64_t mark, zcav_packet **another,
                         zcav_error *err);
void packet_mark(zcav_packet *packet, int64_t mark);
void packet_destroy(zcav_packet *packet);
void packet_facts(const zcav_packet *packet, zcav_packet_facts *facts);

/* -- decoder.c -- */
struct zcav_decoder {
  AVCodecContext *context;
  AVFrame *empty;                /* for the next picture; NULL until it is asked for */
  AVCodecParameters *parameters; /* as it was opened with */
  AVRational sample_aspect;      /* as the container says; it outranks the codec's */
  zcav_device *device;           /* NULL: on the CPU */
  int is_strict;                 /* its pictures are watched */
  int is_drained;                /* every frame was taken, so that no packet waits inside */
  char reason[512];              /* why a decoder for a device decodes on the CPU */
};
zcav_status decoder_open(zcav_media *media, int32_t stream, const zcav_decoder_options *options,
                         zcav_decoder **decoder, zcav_error *err);
zcav_status decoder_open_codec(const char *codec, const uint8_t *extradata, size_t size,
                               zcav_ratio time_base, const zcav_decoder_options *options,
                               zcav_decoder **decoder, zcav_error *err);
zcav_status decoder_open_another(const zcav_decoder *decoder, const zcav_decoder_options *options,
                                 zcav_decoder **another, zcav_error *err);
void decoder_close(zcav_decoder *decoder);
void decoder_facts(const zcav_decoder *decoder, zcav_decoder_facts *facts);
const char *decoder_reason(zcav_decoder *decoder);
zcav_status decoder_send(zcav_decoder *decoder, const zcav_packet *packet, zcav_error *err);
zcav_status decoder_receive(zcav_decoder *decoder, zcav_frame **frame, zcav_error *err);
void decoder_flush(zcav_decoder *decoder);

/* -- unwritten.c -- */
/* Has a codec's pictures watched, before it is opened: nothing is concealed then. */
void unwritten_watch(AVCodecContext *context);
/* Whether a decoder left out a part of a picture that was watched. */
int unwritten_shows(const AVFrame *frame);

/* -- frame.c -- */
struct zcav_frame {
  AVFrame *frame;
  AVRational sample_aspect;
};
/* A frame around one of FFmpeg's, which it owns from now on, whatever comes of it. */
zcav_status frame_wrap(AVFrame *inner, AVRational sample_aspect, zcav_frame **frame,
                       zcav_error *err);
zcav_status frame_share(const zcav_frame *frame, zcav_frame **another, zcav_error *err);
void frame_destroy(zcav_frame *frame);
void frame_facts(const zcav_frame *frame, zcav_frame_facts *facts);

/* -- sound.c -- */
void frame_sound(const zcav_frame *frame, zcav_sound_facts *facts);

/* -- convert.c -- */
zcav_status frame_convert(const zcav_frame *frame, const char *pixel_format, zcav_frame **converted,
                          zcav_error *err);

/* -- vaapi.c -- */
/* Has the codec decode on the options' device. Before the codec is opened. */
zcav_status device_join(zcav_decoder *decoder, const AVCodec *codec,
                        const zcav_decoder_options *options, zcav_error *err);
/* After the codec was closed. NULL is fine. */
void device_leave(zcav_device *device);
/* Whether a surface is free for the next packet: OK or EXHAUSTED. */
zcav_status device_admits(zcav_decoder *decoder, zcav_error *err);
/* Counts a picture in a surface as held, until its last reference goes. */
zcav_status device_lend(zcav_decoder *decoder, AVFrame *frame, zcav_error *err);
/* A failure of a decoder for a device, with the reason where the device is it. */
zcav_status device_fail(const zcav_decoder *decoder, int code, zcav_error *err);

/* -- surface.c -- */
zcav_status frame_download(const zcav_frame *frame, zcav_frame **copy, zcav_error *err);
zcav_status frame_export(const zcav_frame *frame, int32_t composed, zcav_surface *surface,
                         zcav_error *err);

/* -- facts.c -- */
zcav_ratio ratio_of(AVRational ratio);
zcav_color color_of(enum AVColorSpace matrix, enum AVColorPrimaries primaries,
                    enum AVColorTransferCharacteristic transfer, enum AVColorRange range,
                    enum AVChromaLocation siting);
/* How a display matrix (9 numbers of 16.16, or 2.30) turns and mirrors; NULL: not at all. */
void turn_of(const int32_t *matrix, int32_t *turn, int32_t *is_mirrored);

#endif

/* zcav.h: what zcgpu needs of FFmpeg and libva, without their structs.
 *
 * A small library for each major version of FFmpeg implements it (libzcav59.so: libavcodec 59).
 * Nothing is linked: `zcav_open_library` opens libavformat, libavcodec, libavutil, libswscale and
 * libva by dlopen, and its table of functions is the library's one export.
 *
 * No callbacks, no globals, no policy. Every object is used by one thread at a time; different
 * objects by different threads at once. A zcav_frame is a reference: it keeps its pixels, and the
 * device and pool that these are in, whatever becomes of the decoder and the file.
 * Times are in units of a stream's time base, or ZCAV_NO_TIME. Text is UTF-8 and ends in NUL.
 */
#ifndef ZCAV_H
#define ZCAV_H

#include <stddef.h>
#include <stdint.h>

#define ZCAV_ABI_VERSION 1u
#define ZCAV_NO_TIME INT64_MIN

typedef struct zcav_media zcav_media;     /* a file that is open for reading packets */
typedef struct zcav_packet zcav_packet;   /* one packet of a stream */
typedef struct zcav_decoder zcav_decoder; /* a codec with its state */
typedef struct zcav_frame zcav_frame;     /* a reference to a decoded picture, or to sound */

/* What became of a call. Below 0 it failed, and a zcav_error says why. */
enum {
  ZCAV_OK = 0,
  ZCAV_AGAIN = 1,        /* decoder: give it packets (receive), or take frames first (send) */
  ZCAV_END = 2,          /* nothing comes after this */
  ZCAV_FAILED = -1,      /* broken: the file, the stream or the packet */
  ZCAV_UNSUPPORTED = -2, /* FFmpeg, or the device, cannot do that */
  ZCAV_NO_MEMORY = -3,
  ZCAV_EXHAUSTED = -4,   /* every surface of the decoder's pool is held; the packet was not taken */
  ZCAV_NO_FILE = -5,     /* not there, or not to be read */
};
typedef int32_t zcav_status;

typedef struct {
  int32_t code; /* FFmpeg's or libva's own number */
  char text[512];
} zcav_error;

typedef struct { int32_t numerator, denominator; } zcav_ratio; /* 0/1 where unknown */

/* Colour, by the numbers of ITU-T H.273 but for range and siting; 2 is unspecified there. */
typedef struct {
  int32_t matrix;    /* MatrixCoefficients */
  int32_t primaries; /* ColourPrimaries */
  int32_t transfer;  /* TransferCharacteristics */
  int32_t range;     /* 0 unspecified, 1 limited, 2 full */
  int32_t siting;    /* of chroma: 0 unspecified, 1 left, 2 centre, 3 top left, 4 top, 5 bottom left, 6 bottom */
} zcav_color;

typedef enum { ZCAV_OTHER = 0, ZCAV_VIDEO = 1, ZCAV_AUDIO = 2 } zcav_kind;

typedef struct {
  int32_t kind;
  int32_t index;
  char codec[32];        /* FFmpeg's name: "h264" */
  char pixel_format[32]; /* FFmpeg's name: "yuv420p"; empty where unknown */
  int32_t width, height; /* as coded for display: cropped, not turned */
  zcav_ratio time_base, frame_rate, sample_aspect;
  int32_t turn;          /* how far to turn the picture clockwise for display: 0, 90, 180, 270 */
  int32_t is_mirrored;   /* left and right change places, before turning */
  int64_t start, duration; /* ZCAV_NO_TIME where unknown */
  int64_t frame_count;     /* as the container says; 0 where unknown */
  int64_t entry_count;     /* of the index, so far: without what edit lists leave out */
  int32_t is_still;        /* one picture: an attached cover, or an image file */
  int32_t has_times;       /* 0: a raw stream or an image, whose times FFmpeg makes up */
  zcav_color color;
  int32_t sample_rate, channels; /* of sound */
} zcav_stream;

typedef struct {
  int64_t pts, dts, duration, position; /* position: bytes in the file, -1 where unknown */
  int32_t size, stream;
  int32_t is_key, is_discarded, is_corrupt; /* discarded: decoded for others, and not shown */
} zcav_packet_facts;

typedef struct {
  const uint8_t *data; /* valid as long as the frame; NULL in a device's memory */
  int64_t stride;      /* bytes from one row to the next, may be negative */
  int32_t rows;
  int32_t row_bytes;   /* what of a row is picture */
} zcav_plane;

typedef struct {
  char pixel_format[32]; /* in a device's memory: of what the device holds ("nv12") */
  int32_t width, height; /* what is to be seen */
  int32_t is_hardware;   /* in a device's memory: see zcav_frame_download, zcav_frame_export */
  int64_t pts;           /* best guess where the stream has none; ZCAV_NO_TIME without any */
  int64_t duration;      /* 0 where unknown */
  int64_t mark;          /* of the packet that it was decoded from: see packet_mark */
  int32_t is_key, is_interlaced, is_top_first, is_corrupt;
  int32_t turn;          /* as zcav_stream's, said by the picture itself (EXIF, SEI); -1: it does not */
  int32_t is_mirrored;
  zcav_ratio sample_aspect;
  zcav_color color;
  int32_t plane_count;
  zcav_plane plane[4];
  int32_t palette_plane; /* the plane that holds a palette of 256 BGRA entries; -1: none */
} zcav_frame_facts;

/* Decoded sound: planar where plane_count is the number of channels, else interleaved in plane 0. */
typedef struct {
  char sample_format[16]; /* FFmpeg's name: "fltp" */
  int32_t sample_rate, channels, count, plane_count;
  int64_t pts;
  const uint8_t *const *planes;
} zcav_sound_facts;

typedef struct {
  int32_t threads;       /* 0: as many as there are processors, 16 at most; never more than these; a device has one */
  int32_t extra_surfaces;/* hardware: how many surfaces callers may hold beside the decoder's own */
  const char *device;    /* NULL: software; a render node, or an X display (":0") */
  int32_t allows_software; /* hardware: 1 decodes on the CPU what the device cannot */
  int32_t is_strict;     /* 1: a packet with the least damage is a failure, and what is decoded of it may
                          * still come, unmarked, unless parts are missing, which are not concealed;
                          * 0: damaged pictures are concealed, and marked as such */
} zcav_decoder_options;

typedef struct {
  char codec[32];   /* FFmpeg's name: "h264" */
  int32_t overlaps; /* 1: several packets are decoded at once, so that failures belong to earlier ones,
                     * and pictures may be handed out before they are marked */
  int32_t delay;    /* by how many pictures one may come out later than it was decoded, as far as is known */
} zcav_decoder_facts;

typedef struct { int fd; int32_t is_shared; uint64_t size, modifier; } zcav_object;
typedef struct { int32_t object; int32_t reserved; int64_t offset, pitch; } zcav_place;
typedef struct {
  uint32_t fourcc;
  int32_t plane_count;
  zcav_place plane[4];
} zcav_layer;

/* A surface as DMA-BUFs. Descriptors are the caller's to close. */
typedef struct {
  uint32_t fourcc;       /* DRM's, of the whole surface */
  int32_t width, height;
  int32_t object_count, layer_count;
  zcav_object object[4];
  zcav_layer layer[4];
} zcav_surface;

typedef struct {
  uint32_t version;  /* ZCAV_ABI_VERSION */
  uint32_t reserved;
  const char *found; /* "FFmpeg 5.1.9: libavformat 59.27.100, libavcodec 59.37.100, …" */

  /* -- Files -- */
  /* Opens a regular file by path and finds its streams. No other file is read, and no network,
   * whatever the file says: playlists and the like are UNSUPPORTED. */
  zcav_status (*media_open)(const char *path, zcav_media **media, zcav_error *err);
  /* The same file from its beginning, in a reader of its own, whatever lies under its path now. */
  zcav_status (*media_again)(zcav_media *media, zcav_media **other, zcav_error *err);
  void (*media_close)(zcav_media *media);
  const char *(*media_format)(zcav_media *media); /* "mov,mp4,m4a,3gp,3g2,mj2" */
  int32_t (*media_stream_count)(zcav_media *media);
  void (*media_stream)(zcav_media *media, int32_t index, zcav_stream *stream);
  /* The stream FFmpeg thinks best, or -1. */
  int32_t (*media_best)(zcav_media *media, int32_t kind);
  /* The next packet of a stream; others are skipped. OK, END or a failure, after which the next
   * call may fail alike. Of video it is a failure, too, where the file ends within a packet, or before
   * the end that it states. */
  zcav_status (*media_read)(zcav_media *media, int32_t stream, zcav_packet **packet,
                            zcav_error *err);
  /* The next packet read is the last key packet at or before `time`, or an earlier one. As FFmpeg
   * finds it: `time` is a pts in most containers, and a dts in raw streams, MPEG-TS and MPEG-PS, in
   * which the packet need not be key. Where FFmpeg cannot seek, reading begins anew. */
  zcav_status (*media_seek)(zcav_media *media, int32_t stream, int64_t time, zcav_error *err);

  /* -- Packets -- */
  /* Copies bytes. */
  zcav_status (*packet_create)(const uint8_t *data, size_t size, int64_t pts, int64_t dts,
                               int32_t is_key, zcav_packet **packet, zcav_error *err);
  /* Pictures that are decoded from it, hidden ones too, have that mark; those of any other packet
   * have 0 or ZCAV_NO_TIME. */
  void (*packet_mark)(zcav_packet *packet, int64_t mark);
  /* Another reference to the same bytes, marked. */
  zcav_status (*packet_share)(const zcav_packet *packet, int64_t mark, zcav_packet **another,
                              zcav_error *err);
  void (*packet_destroy)(zcav_packet *packet);
  void (*packet_facts)(const zcav_packet *packet, zcav_packet_facts *facts);

  /* -- Decoding -- */
  zcav_status (*decoder_open)(zcav_media *media, int32_t stream,
                              const zcav_decoder_options *options, zcav_decoder **decoder,
                              zcav_error *err);
  /* For packets from elsewhere: a codec by FFmpeg's name, with its extradata or none. */
  zcav_status (*decoder_open_codec)(const char *codec, const uint8_t *extradata, size_t size,
                                    zcav_ratio time_base, const zcav_decoder_options *options,
                                    zcav_decoder **decoder, zcav_error *err);
  /* For the same stream, from a key packet on, with other options, on the CPU. */
  zcav_status (*decoder_open_another)(const zcav_decoder *decoder,
                                      const zcav_decoder_options *options, zcav_decoder **another,
                                      zcav_error *err);
  void (*decoder_close)(zcav_decoder *decoder);
  void (*decoder_facts)(const zcav_decoder *decoder, zcav_decoder_facts *facts);
  /* Why a decoder for a device decodes on the CPU; "" where it does not. */
  const char *(*decoder_reason)(zcav_decoder *decoder);
  /* NULL ends the stream; it is AGAIN until receive has answered AGAIN. The packet stays the caller's. OK; AGAIN or EXHAUSTED (not taken); END
   * (the stream was ended: flush first); or a failure, with the packet taken: it was broken, and
   * decoding can go on with the next. */
  zcav_status (*decoder_send)(zcav_decoder *decoder, const zcav_packet *packet, zcav_error *err);
  /* OK, AGAIN, END, EXHAUSTED (let go of frames first), or a failure, after which decoding can go on.
   * UNSUPPORTED: the device cannot decode this stream. */
  zcav_status (*decoder_receive)(zcav_decoder *decoder, zcav_frame **frame, zcav_error *err);
  /* Forgets everything, as after a seek. */
  void (*decoder_flush)(zcav_decoder *decoder);

  /* -- Frames -- */
  zcav_status (*frame_share)(const zcav_frame *frame, zcav_frame **another, zcav_error *err);
  void (*frame_destroy)(zcav_frame *frame);
  void (*frame_facts)(const zcav_frame *frame, zcav_frame_facts *facts);
  void (*frame_sound)(const zcav_frame *frame, zcav_sound_facts *facts);
  /* Another frame of the same picture in that pixel format, by libswscale (paletted and rare
   * formats; chroma is not filtered as it should be). YCbCr stays in its matrix and range; to RGB
   * it goes by its matrix, that of BT.601 where it is unspecified, and from RGB by BT.709. */
  zcav_status (*frame_convert)(const zcav_frame *frame, const char *pixel_format,
                               zcav_frame **converted, zcav_error *err);
  /* Hardware: waits for the device, then copies to memory. */
  zcav_status (*frame_download)(const zcav_frame *frame, zcav_frame **copy, zcav_error *err);
  /* Hardware: waits for the device, then describes the surface. `composed`: one layer for all planes. */
  zcav_status (*frame_export)(const zcav_frame *frame, int32_t composed, zcav_surface *surface,
                              zcav_error *err);
} zcav_table;

/* The one export. Opens FFmpeg's libraries, from `folder` or (NULL) where the loader finds them; on
 * failure says what was looked for and found, and may be called again. They stay open, and once
 * they are, later calls answer the same table whatever the folder. FFmpeg's log is silenced, but
 * where the program had FFmpeg loaded before. */
zcav_status zcav_open_library(const char *folder, const zcav_table **table, zcav_error *err);
typedef zcav_status (*zcav_open_library_function)(const char *folder, const zcav_table **table,
                                                  zcav_error *err);

#endif

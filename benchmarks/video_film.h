/* Films as a C program with FFmpeg alone reads them: frame after frame, and by their times. */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

enum { MOST_FRAMES = 4096 };

typedef struct {
  AVFormatContext *format;
  AVCodecContext *decoder;
  AVPacket *packet;
  AVFrame *frame;
  int stream;
  int64_t times[MOST_FRAMES]; /* of all frames, in order */
  int count;
} film;

static void open_film(film *opened, const char *path) {
  const AVCodec *codec = NULL;
  if (avformat_open_input(&opened->format, path, NULL, NULL) < 0) fail(path);
  if (avformat_find_stream_info(opened->format, NULL) < 0) fail("no streams");
  opened->stream = av_find_best_stream(opened->format, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
  if (opened->stream < 0) fail("no film");
  opened->decoder = avcodec_alloc_context3(codec);
  AVStream *stream = opened->format->streams[opened->stream];
  avcodec_parameters_to_context(opened->decoder, stream->codecpar);
  opened->decoder->pkt_timebase = stream->time_base;
  opened->decoder->thread_count = 0;
  if (avcodec_open2(opened->decoder, codec, NULL) < 0) fail("avcodec_open2");
  opened->packet = av_packet_alloc();
  opened->frame = av_frame_alloc();
}

/* The next frame, until it is asked again; NULL at the end. */
static AVFrame *next(film *read) {
  for (;;) {
    int code = avcodec_receive_frame(read->decoder, read->frame);
    if (code >= 0) return read->frame;
    if (code != AVERROR(EAGAIN)) return NULL;
    do {
      av_packet_unref(read->packet);
      code = av_read_frame(read->format, read->packet);
    } while (code >= 0 && read->packet->stream_index != read->stream);
    avcodec_send_packet(read->decoder, code < 0 ? NULL : read->packet);
    av_packet_unref(read->packet);
  }
}

static void seek(film *read, int64_t time) {
  if (av_seek_frame(read->format, read->stream, time, AVSEEK_FLAG_BACKWARD) < 0) fail("seek");
  avcodec_flush_buffers(read->decoder);
}

/* The next one, or the first after the last. */
static AVFrame *next_forever(film *read) {
  AVFrame *frame = next(read);
  if (frame) return frame;
  seek(read, read->times[0]);
  return next(read);
}

static void list_times(film *read) {
  for (AVFrame *frame; (frame = next(read)) && read->count < MOST_FRAMES;)
    read->times[read->count++] = frame->best_effort_timestamp;
  seek(read, read->times[0]);
}

#include "shim.h"

#include <string.h>

void frame_sound(const zcav_frame *frame, zcav_sound_facts *facts) {
  const AVFrame *inner = frame->frame;
  enum AVSampleFormat format = (enum AVSampleFormat)inner->format;
  int channels = inner->ch_layout.nb_channels;
  memset(facts, 0, sizeof *facts);
  facts->pts = ZCAV_NO_TIME;
  if (inner->nb_samples <= 0 || channels <= 0) return; /* a picture */
  copy_name(facts->sample_format, sizeof facts->sample_format, av.av_get_sample_fmt_name(format));
  facts->sample_rate = inner->sample_rate;
  facts->channels = channels;
  facts->count = inner->nb_samples;
  facts->plane_count = av.av_sample_fmt_is_planar(format) ? channels : 1;
  facts->pts =
      inner->best_effort_timestamp != AV_NOPTS_VALUE ? inner->best_effort_timestamp : inner->pts;
  facts->planes = (const uint8_t *const *)inner->extended_data;
}

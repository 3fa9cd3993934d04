#include "shim.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

zcav_packet *packet_alloc(void) {
  zcav_packet *made = calloc(1, sizeof *made);
  if (made) made->packet = av.av_packet_alloc();
  if (!made || made->packet) return made;
  free(made);
  return NULL;
}

zcav_status packet_create(const uint8_t *data, size_t size, int64_t pts, int64_t dts,
                          int32_t is_key, zcav_packet **packet, zcav_error *err) {
  if (size == 0 || size > INT_MAX - AV_INPUT_BUFFER_PADDING_SIZE)
    return fail(err, ZCAV_FAILED, "a packet has 1 to %d bytes, and not %zu",
                INT_MAX - AV_INPUT_BUFFER_PADDING_SIZE, size);
  zcav_packet *made = packet_alloc();
  if (!made || av.av_new_packet(made->packet, (int)size) < 0) {
    packet_destroy(made);
    return no_memory(err);
  }
  memcpy(made->packet->data, data, size);
  made->packet->pts = pts;
  made->packet->dts = dts;
  if (is_key) made->packet->flags |= AV_PKT_FLAG_KEY;
  *packet = made;
  return ZCAV_OK;
}

zcav_status packet_share(const zcav_packet *packet, int64_t mark, zcav_packet **another,
                         zcav_error *err) {
  zcav_packet *made = packet_alloc();
  if (!made || av.av_packet_ref(made->packet, packet->packet) < 0) {
    packet_destroy(made);
    return no_memory(err);
  }
  packet_mark(made, mark);
  *another = made;
  return ZCAV_OK;
}

void packet_mark(zcav_packet *packet, int64_t mark) {
  packet->mark = mark;
  /* A picture that is not shown is looked at, too. */
  packet->packet->flags &= ~AV_PKT_FLAG_DISCARD;
}

void packet_destroy(zcav_packet *packet) {
  if (!packet) return;
  av.av_packet_free(&packet->packet);
  free(packet);
}

void packet_facts(const zcav_packet *packet, zcav_packet_facts *facts) {
  const AVPacket *inner = packet->packet;
  *facts = (zcav_packet_facts){
      .pts = inner->pts,
      .dts = inner->dts,
      .duration = inner->duration > 0 ? inner->duration : 0,
      .position = inner->pos,
      .size = inner->size,
      .stream = inner->stream_index,
      .is_key = !!(inner->flags & AV_PKT_FLAG_KEY),
      .is_discarded = !!(inner->flags & AV_PKT_FLAG_DISCARD),
      .is_corrupt = !!(inner->flags & AV_PKT_FLAG_CORRUPT),
  };
}

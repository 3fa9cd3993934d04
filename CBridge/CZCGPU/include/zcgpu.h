/* zcgpu.h: the C ABI of zcgpu. This header is the contract; Swift implements it.
 *
 * Handles are 64-bit tickets, a struct a kind, passed by value; bits == 0 is never valid.
 * Every function returns a zcg_status; results come by pointer and are untouched on failure.
 * `err` may be NULL; otherwise the caller owns it and zcgpu fills it in on failure. Any other
 * NULL where a value is needed is INVALID_ARGUMENT.
 * zcg_*_destroy takes the handle's address and zeroes it; a zero handle is fine.
 * Parameter blocks start with struct_size = sizeof(block); 0 in a field means its default.
 * Text is UTF-8 with a length; it need not end in NUL.
 * Thread-safety: any function may be called from any thread, unless its comment says otherwise.
 */
#ifndef ZCGPU_H
#define ZCGPU_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__clang__)
#define ZCG_NULLABLE _Nullable
#define ZCG_ENUM(name) typedef enum name : int32_t {
#define ZCG_ENUM_END(name) } name;
#else
#define ZCG_NULLABLE
#define ZCG_ENUM(name) enum name##_values {
#define ZCG_ENUM_END(name) }; typedef int32_t name;
#endif

#define ZCG_ABI_VERSION 1u

typedef struct { uint64_t bits; } zcg_text;
typedef struct { uint64_t bits; } zcg_context;
typedef struct { uint64_t bits; } zcg_reference;
typedef struct { uint64_t bits; } zcg_scene;
typedef struct { uint64_t bits; } zcg_frame;
typedef struct { uint64_t bits; } zcg_lease;
typedef struct { uint64_t bits; } zcg_pool;
typedef struct { uint64_t bits; } zcg_audio;
typedef struct { uint64_t bits; } zcg_renderer;
typedef struct { uint64_t bits; } zcg_decoder;
typedef struct { uint64_t bits; } zcg_pipeline;
typedef struct { uint64_t bits; } zcg_video;
typedef struct { uint64_t bits; } zcg_video_frame;
typedef struct { uint64_t bits; } zcg_plane;
typedef struct { uint64_t bits; } zcg_dmabuf;

/* One code for each row of docs/errors.md. */
ZCG_ENUM(zcg_status)
  ZCG_OK = 0,
  ZCG_E_INVALID_ARGUMENT = 1,
  ZCG_E_WRONG_TYPE = 2,
  ZCG_E_OUT_OF_RANGE = 3,
  ZCG_E_UNKNOWN_INPUT = 4,
  ZCG_E_BAD_SIZE = 5,
  ZCG_E_BAD_BUFFER = 6,
  ZCG_E_HEADER = 7,
  ZCG_E_SHADER = 8,
  ZCG_E_NO_DISPLAY = 9,
  ZCG_E_CLOSED = 10,
  ZCG_E_STALE_GENERATION = 11,
  ZCG_E_STALE_HANDLE = 12,
  ZCG_E_WRONG_CONTEXT = 13,
  ZCG_E_CONTEXT_LOST = 14,
  ZCG_E_REENTERED = 15,
  ZCG_E_WRONG_THREAD = 16,
  ZCG_E_BUSY = 17,
  ZCG_E_FORKED = 18,
  ZCG_E_LEASE = 19,
  ZCG_E_GL = 20,
  ZCG_E_OUT_OF_MEMORY = 21,
  ZCG_E_NOT_CURRENT = 22,
  ZCG_E_POOL_EXHAUSTED = 23,
  ZCG_E_OUTPUT = 24,
  ZCG_E_MEDIA = 25,
  ZCG_E_LIBRARY = 26,
  ZCG_E_DMABUF = 27,
ZCG_ENUM_END(zcg_status)

/* What went wrong. `message` is NUL-terminated and cut at a character. Where it was cut, or the
 * driver has more to say, `detail` is the whole text: message_length bytes of message, then the
 * driver's log and the source it was given. The text is the caller's to destroy; 0 is none.
 * `line` and `column` count from 1 in the author's file; 0 is unknown. */
typedef struct {
  zcg_status code;
  int32_t line;
  int32_t column;
  uint32_t message_length;
  zcg_text detail;
  char message[488];
} zcg_error;

/* The version of this contract that the library implements. Never fails, never blocks. Call it
 * before there are threads: from then on a fork waits for their calls, a second at most. */
uint32_t zcg_abi_version(void);

/* -- Text ------------------------------------------------------------------------------ */

/* Borrows the text's bytes: valid until the handle is destroyed. Errors: STALE_HANDLE. */
zcg_status zcg_text_get(zcg_text text, const char *ZCG_NULLABLE *ZCG_NULLABLE utf8,
                        size_t *ZCG_NULLABLE length, zcg_error *ZCG_NULLABLE err);
/* Errors: STALE_HANDLE. */
zcg_status zcg_text_destroy(zcg_text *ZCG_NULLABLE text, zcg_error *ZCG_NULLABLE err);

/* -- Context --------------------------------------------------------------------------- */

ZCG_ENUM(zcg_dialect)
  ZCG_DIALECT_AUTO = 0, /* desktop OpenGL where the display has it, else OpenGL ES */
  ZCG_DIALECT_GL = 1,   /* OpenGL 4.5 core, else 3.3 core */
  ZCG_DIALECT_ES = 2,   /* OpenGL ES 3.2, else 3.1 */
ZCG_ENUM_END(zcg_dialect)

typedef struct {
  uint32_t struct_size;
  zcg_dialect dialect;
  int32_t device;         /* 1 + the index of an EGL device; 0 finds one */
  int32_t major_version;  /* the highest GL version to ask for; 0 is the highest there is */
  int32_t minor_version;
  uint32_t reserved;
  uint64_t pool_budget;   /* bytes of textures; 0 is a quarter of the memory, at most 2 GiB */
} zcg_context_options;

/* Makes a headless context. Blocks: opens the driver. Errors: INVALID_ARGUMENT, NO_DISPLAY
 * (the message names each display tried, with its reason), FORKED, OUT_OF_MEMORY. */
zcg_status zcg_context_create(const zcg_context_options *ZCG_NULLABLE options,
                              zcg_context *ZCG_NULLABLE context, zcg_error *ZCG_NULLABLE err);
/* Closes the context: what was made in it can no longer be used, only dropped. While somebody
 * holds a reference that is put off until the last is given back. A second close does nothing. Blocks: waits for its turn. Errors: STALE_HANDLE, REENTERED, BUSY. */
zcg_status zcg_context_close(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* Gives the handle up. Never calls GL and never blocks: an open context is closed later, by
 * the next call that makes or closes one. Errors: STALE_HANDLE. */
zcg_status zcg_context_destroy(zcg_context *ZCG_NULLABLE context, zcg_error *ZCG_NULLABLE err);
/* Whether the context is open: 1, or 0. Errors: STALE_HANDLE. */
zcg_status zcg_context_is_open(zcg_context context, int32_t *ZCG_NULLABLE open,
                               zcg_error *ZCG_NULLABLE err);
/* Whether the context can be named in options: it is open (lost ones are), and not a parent's in a
 * forked child. Errors: STALE_HANDLE, CLOSED, FORKED. */
zcg_status zcg_context_check(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* A JSON object: dialect, versions, driver, limits, what is there and what is not, and why; imports:
 * what became of each kind of memory that was imported. */
zcg_status zcg_context_describe(zcg_context context, zcg_text *ZCG_NULLABLE json,
                                zcg_error *ZCG_NULLABLE err);
/* A JSON object: phase (live, lost, closed), generation, the reason of a loss, who holds
 * references, whether it is closing, the most turns of others that any thread waited for, and how
 * much waits for the GPU. Calls no driver, waits for nobody. */
zcg_status zcg_context_validate(zcg_context context, zcg_text *ZCG_NULLABLE json,
                                zcg_error *ZCG_NULLABLE err);
/* Ends this generation and starts the next, with a new driver context: what was made before is
 * stale, scenes rebuild themselves on their next use. Recovers from a loss. On failure nothing has
 * changed. Blocks: waits for its turn, opens a driver. Errors: CLOSED, NO_DISPLAY, BUSY, FORKED. */
zcg_status zcg_context_reinitialize(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* As if the driver had given the context up, for tests of what comes after. */
zcg_status zcg_context_simulate_loss(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* Makes the context current on this thread until the matching end; calls in between switch
 * nothing. Batches of several contexts nest. Blocks: waits for its turn. Errors: STALE_HANDLE,
 * CLOSED, CONTEXT_LOST, BUSY, FORKED. */
zcg_status zcg_context_begin_batch(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* As zcg_context_begin_batch where that needs no waiting; otherwise *begun is 0 and nothing has
 * happened. Never waits for another thread. */
zcg_status zcg_context_begin_batch_at_once(zcg_context context, int32_t *ZCG_NULLABLE begun,
                                           zcg_error *ZCG_NULLABLE err);
/* As zcg_context_make_current where that needs no waiting; otherwise *done is 0 and nothing has
 * happened. Never waits for another thread. */
zcg_status zcg_context_make_current_at_once(zcg_context context, int32_t *ZCG_NULLABLE done,
                                            zcg_error *ZCG_NULLABLE err);
/* Makes the context the thread's current one now, inside a batch. Blocks: waits for its turn.
 * Errors: STALE_HANDLE, WRONG_THREAD outside of any batch, CLOSED, CONTEXT_LOST, BUSY. */
zcg_status zcg_context_make_current(zcg_context context, zcg_error *ZCG_NULLABLE err);
/* Puts back what was current before the matching begin. Errors: STALE_HANDLE, WRONG_THREAD. */
zcg_status zcg_context_end_batch(zcg_context context, zcg_error *ZCG_NULLABLE err);

/* Takes a reference for a holder, whose name is for people to read: the context stays open until
 * the last one is given back, also when it is closed meanwhile. Errors: CLOSED, FORKED. */
zcg_status zcg_context_acquire(zcg_context context, const char *ZCG_NULLABLE holder, size_t length,
                               zcg_reference *ZCG_NULLABLE reference, zcg_error *ZCG_NULLABLE err);
/* Gives the reference back; the last one closes a context that was closed. Takes the handle's
 * address and zeroes it; zero is fine. Blocks: may close. Errors: STALE_HANDLE, BUSY. */
zcg_status zcg_context_release(zcg_reference *ZCG_NULLABLE reference, zcg_error *ZCG_NULLABLE err);
/* As zcg_context_release, but never calls GL and never blocks: what is to be closed is closed by
 * the next call that makes or closes a context. */
zcg_status zcg_reference_destroy(zcg_reference *ZCG_NULLABLE reference,
                                 zcg_error *ZCG_NULLABLE err);

/* -- Borrowed contexts, GL state ------------------------------------------------------- */

/* Borrows the EGL context that the caller has current on this thread (OpenGL 3.3 or OpenGL ES 3.0,
 * or newer). It is never destroyed, made current or made not current, nor its display terminated.
 * Every call that draws, reads or uploads wants it current on the calling thread, and puts back
 * the state that it found. Where the caller has replaced its context, the next call starts another
 * generation there. Closing gives back what was made in it, or the next call that makes or closes
 * a context while it is current. Errors: NOT_CURRENT (none of EGL is current), NO_DISPLAY (one
 * that cannot be drawn with), CONTEXT_LOST, FORKED, GL. Blocks: waits for no thread. */
zcg_status zcg_context_create_borrowed(zcg_context *ZCG_NULLABLE context,
                                       zcg_error *ZCG_NULLABLE err);
/* Takes every GL error that is pending, a borrowed context's own among them, and fails with the
 * first, naming the operation (UTF-8, operation_length bytes). Blocks: waits for its turn. Errors:
 * GL, OUT_OF_MEMORY, CONTEXT_LOST, INVALID_ARGUMENT, STALE_HANDLE, CLOSED, NOT_CURRENT, BUSY,
 * FORKED. */
zcg_status zcg_context_check_errors(zcg_context context, const char *ZCG_NULLABLE operation,
                                    size_t operation_length, zcg_error *ZCG_NULLABLE err);
/* GL state back to what zcgpu draws with, for callers that changed it with GL calls of their own
 * inside a batch. In a borrowed context: to GL's initial values, as far as drawing depends on them
 * or changes them. Blocks: waits for its turn. Errors: STALE_HANDLE, CLOSED, CONTEXT_LOST,
 * NOT_CURRENT, GL, BUSY, FORKED. */
zcg_status zcg_context_reset_state(zcg_context context, zcg_error *ZCG_NULLABLE err);

/* A JSON object: every display tried, in order, with its outcome. Blocks: opens drivers. */
zcg_status zcg_platform_describe(zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);

/* -- Frames ---------------------------------------------------------------------------- */

ZCG_ENUM(zcg_format)
  ZCG_FORMAT_RGBA8 = 1,   /* 4 unsigned bytes a pixel */
  ZCG_FORMAT_RGBA32F = 2, /* 4 floats a pixel */
  ZCG_FORMAT_R8 = 3,      /* a video's planes: 1 unsigned byte a pixel; nothing is drawn into them */
  ZCG_FORMAT_RG8 = 4,     /* 2 unsigned bytes */
  ZCG_FORMAT_R16 = 5,     /* 1 unsigned word of 16 bits, in the machine's byte order */
  ZCG_FORMAT_RG16 = 6,    /* 2 of those */
ZCG_ENUM_END(zcg_format)

/* Pixels in memory, row 0 on top. Components of a pixel and pixels of a row are adjacent. */
typedef struct {
  uint32_t struct_size;
  int32_t width;
  int32_t height;
  int32_t channels;         /* 3 or 4 */
  int32_t is_float;         /* 0: unsigned bytes, 1: 32-bit floats */
  uint32_t reserved;
  int64_t row_stride;       /* bytes from one row to the next, may be negative; 0: packed */
  const void *ZCG_NULLABLE data;
  size_t length;            /* bytes that may be read at `data` when row_stride >= 0 */
} zcg_pixels;

/* Uploads pixels. Blocks. Errors: BAD_BUFFER, BAD_SIZE, CLOSED, CONTEXT_LOST, STALE_HANDLE,
 * POOL_EXHAUSTED, OUT_OF_MEMORY. */
zcg_status zcg_frame_create(zcg_context context, const zcg_pixels *ZCG_NULLABLE pixels,
                            zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);
/* Another handle on the same frame, with a life of its own. */
zcg_status zcg_frame_acquire(zcg_frame frame, zcg_frame *ZCG_NULLABLE another,
                             zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. */
zcg_status zcg_frame_destroy(zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);

typedef struct {
  int32_t width;
  int32_t height;
  zcg_format format;
  int32_t is_usable; /* 0 once its context is closed, lost, or in another generation */
  int32_t face_count; /* 6 for a cube, whose sides lie one below the other; else 1 */
} zcg_frame_layout;

zcg_status zcg_frame_get_layout(zcg_frame frame, zcg_frame_layout *ZCG_NULLABLE layout,
                                zcg_error *ZCG_NULLABLE err);

/* Where pixels are read to, row 0 on top, as many components a pixel as the format has. */
typedef struct {
  uint32_t struct_size;
  zcg_format format;
  int64_t row_stride; /* bytes; 0: packed */
  void *ZCG_NULLABLE data;
  size_t length;      /* bytes that may be written at `data` */
} zcg_destination;

/* Reads the frame back. Blocks until the GPU has drawn it. Errors: BAD_BUFFER, CLOSED,
 * STALE_GENERATION, CONTEXT_LOST, FORKED. */
zcg_status zcg_frame_read(zcg_frame frame, const zcg_destination *ZCG_NULLABLE destination,
                          zcg_error *ZCG_NULLABLE err);
/* Borrows the frame's pixels in memory, packed, row 0 on top, read back on first use and kept
 * with the frame. Each map is matched by one unmap; the memory outlives the frame's handle and
 * its context while mapped. Blocks on first use. Errors: as zcg_frame_read. */
zcg_status zcg_frame_map(zcg_frame frame, const void *ZCG_NULLABLE *ZCG_NULLABLE data,
                         size_t *ZCG_NULLABLE length, uint64_t *ZCG_NULLABLE mapping,
                         zcg_error *ZCG_NULLABLE err);
/* Ends one mapping. Never calls GL. Errors: STALE_HANDLE. */
zcg_status zcg_frame_unmap(uint64_t mapping, zcg_error *ZCG_NULLABLE err);

/* -- Cubes ----------------------------------------------------------------------------- */

/* A cube is a frame of six square sides of one size, in the order +x, -x, +y, -y, +z, -z; each
 * side's row 0 is the top one as seen from inside. It is for cube inputs, and is leased, read and
 * destroyed as any other frame: its pixels are those of the six sides, one below the other. */
typedef struct {
  uint32_t struct_size;
  uint32_t reserved;
  zcg_frame face[6]; /* copied from; they stay the caller's */
} zcg_cube_faces;

/* Makes a cube: of floats where one of its sides is. Blocks: waits for its turn. Errors: BAD_SIZE
 * (not square, or of different sizes), WRONG_TYPE (a side that is a cube), WRONG_CONTEXT,
 * INVALID_ARGUMENT, STALE_HANDLE, STALE_GENERATION, CLOSED, CONTEXT_LOST, NOT_CURRENT, BUSY, FORKED,
 * POOL_EXHAUSTED, OUT_OF_MEMORY, GL. */
zcg_status zcg_cube_create(zcg_context context, const zcg_cube_faces *ZCG_NULLABLE faces,
                           zcg_frame *ZCG_NULLABLE cube, zcg_error *ZCG_NULLABLE err);

/* -- Leases ---------------------------------------------------------------------------- */

/* A frame's texture is shared by holds, each in the role of a reason to keep it. A zcg_lease is one
 * such hold, a caller's own; so is a zcg_frame, in the role of the presenter. The pixels of a
 * zcg_video_frame are shared in the same way, with leases from zcg_video_frame_acquire_lease. */
ZCG_ENUM(zcg_role)
  ZCG_ROLE_DECODER = 1,   /* what produced the frame */
  ZCG_ROLE_CACHE = 2,     /* what keeps it for later: an image input, a cache */
  ZCG_ROLE_PRESENTER = 3, /* what shows it, or handed it to the program */
  ZCG_ROLE_RENDERER = 4,  /* what is about to draw with it */
  ZCG_ROLE_GPU = 5,       /* work that was submitted; its fence drops this, and no caller */
ZCG_ENUM_END(zcg_role)

/* How many holds each role has on one texture, and how many mappings its pixels have. */
typedef struct {
  uint32_t decoder;
  uint32_t cache;
  uint32_t presenter;
  uint32_t renderer;
  uint32_t gpu;
  uint32_t mappings; /* they keep the pixels in memory, and not the texture */
} zcg_holders;

/* Takes a hold on a frame. Never blocks. Errors: INVALID_ARGUMENT for a role that is none, LEASE for
 * ZCG_ROLE_GPU, STALE_HANDLE, STALE_GENERATION, CLOSED, CONTEXT_LOST, FORKED. */
zcg_status zcg_lease_acquire(zcg_frame frame, zcg_role role, zcg_lease *ZCG_NULLABLE lease,
                             zcg_error *ZCG_NULLABLE err);
/* Another hold on the same texture, in the same role. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_lease_share(zcg_lease lease, zcg_lease *ZCG_NULLABLE another,
                           zcg_error *ZCG_NULLABLE err);
/* Passes a hold to another role, without a moment in which nobody holds. The lease is used up and
 * zeroed; on failure it is as it was. Never blocks. Errors: as zcg_lease_acquire. */
zcg_status zcg_lease_pass(zcg_lease *ZCG_NULLABLE lease, zcg_role role,
                          zcg_lease *ZCG_NULLABLE passed, zcg_error *ZCG_NULLABLE err);
/* Gives a hold up and zeroes the lease; a zero lease is fine. A copy of a released lease names
 * nothing, and takes nothing from anybody. Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_lease_release(zcg_lease *ZCG_NULLABLE lease, zcg_error *ZCG_NULLABLE err);
/* Who holds what the lease holds, the lease among them. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_lease_get_holders(zcg_lease lease, zcg_holders *ZCG_NULLABLE holders,
                                 zcg_error *ZCG_NULLABLE err);
/* Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_lease_get_role(zcg_lease lease, zcg_role *ZCG_NULLABLE role,
                              zcg_error *ZCG_NULLABLE err);
/* A frame, with a hold of its own, of what the lease holds; to be destroyed. Never blocks. Errors:
 * STALE_HANDLE, WRONG_TYPE where it holds a video's. */
zcg_status zcg_lease_acquire_frame(zcg_lease lease, zcg_frame *ZCG_NULLABLE frame,
                                   zcg_error *ZCG_NULLABLE err);
/* Who holds the frame, all at one moment. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_frame_get_holders(zcg_frame frame, zcg_holders *ZCG_NULLABLE holders,
                                 zcg_error *ZCG_NULLABLE err);
/* As zcg_frame_destroy, and says who holds the frame still: all 0 when it is gone. Never blocks.
 * Errors: STALE_HANDLE, for a zero frame too. */
zcg_status zcg_frame_release(zcg_frame *ZCG_NULLABLE frame, zcg_holders *ZCG_NULLABLE left,
                             zcg_error *ZCG_NULLABLE err);
/* Another handle on the context that a frame lives in, to be destroyed. Never blocks. Errors:
 * STALE_HANDLE. */
zcg_status zcg_frame_acquire_context(zcg_frame frame, zcg_context *ZCG_NULLABLE context,
                                     zcg_error *ZCG_NULLABLE err);

/* -- Capsules -------------------------------------------------------------------------- */

/* How handles travel between Python extensions: capsule() of a frame, a lease or a video's frame makes
 * capsules, zcgpu.from_capsule() takes them, and so may you.
 *
 * The capsule's name is its kind's. Its pointer value is the handle's bits: it points at nothing.
 * Its context value says kind and ownership. An owned capsule brings a hold of its own: whoever
 * takes it renames it to the used name, and then owns the handle; one that nobody takes gives its
 * hold up by itself. A borrowed capsule lends the handle for as long as the capsule lives. */
#define ZCG_CAPSULE_FRAME "zcgpu.frame"
#define ZCG_CAPSULE_FRAME_USED "used_zcgpu.frame"
#define ZCG_CAPSULE_LEASE "zcgpu.lease"
#define ZCG_CAPSULE_LEASE_USED "used_zcgpu.lease"
#define ZCG_CAPSULE_VIDEO_FRAME "zcgpu.video_frame"
#define ZCG_CAPSULE_VIDEO_FRAME_USED "used_zcgpu.video_frame"

/* What a handle names. */
ZCG_ENUM(zcg_noun)
  ZCG_NOUN_CONTEXT = 1,
  ZCG_NOUN_SCENE = 2,
  ZCG_NOUN_FRAME = 3,
  ZCG_NOUN_LEASE = 4,
  ZCG_NOUN_MAPPING = 5,
  ZCG_NOUN_REFERENCE = 6,
  ZCG_NOUN_POOL = 7,
  ZCG_NOUN_AUDIO = 8,
  ZCG_NOUN_RENDERER = 16,
  ZCG_NOUN_DECODER = 17,
  ZCG_NOUN_PIPELINE = 18,
  ZCG_NOUN_VIDEO = 9,
  ZCG_NOUN_VIDEO_FRAME = 10,
  ZCG_NOUN_PLANE = 11,
  ZCG_NOUN_DMABUF = 12,
ZCG_ENUM_END(zcg_noun)

/* What the lease holds: ZCG_NOUN_FRAME or ZCG_NOUN_VIDEO_FRAME. Never blocks. Errors:
 * STALE_HANDLE. */
zcg_status zcg_lease_get_noun(zcg_lease lease, zcg_noun *ZCG_NULLABLE noun,
                              zcg_error *ZCG_NULLABLE err);

ZCG_ENUM(zcg_ownership)
  ZCG_BORROWED = 1,
  ZCG_OWNED = 2,
ZCG_ENUM_END(zcg_ownership)

/* The context value of a capsule. */
#define ZCG_CAPSULE_CONTEXT(noun, ownership) \
  ((void *)((uintptr_t)(noun) << 8 | (uintptr_t)(ownership)))

/* -- Pools ----------------------------------------------------------------------------- */

/* Every texture of a context belongs to a pool, which counts it in its budget while it is live
 * (somebody holds it), retiring (let go of; the GPU may still read it) or idle (ready to be taken
 * again, by exactly its size and format). A pool that is full deletes what is idle, the oldest
 * first, then waits for the GPU to finish with what is retiring, as long as it gets on (30 seconds
 * without a step end the wait), then refuses: POOL_EXHAUSTED. A new generation of the context starts with empty books. */

/* A pool beside the context's own, of `budget` bytes. Never blocks. Errors: INVALID_ARGUMENT for a
 * budget of 0, STALE_HANDLE, CLOSED, CONTEXT_LOST, FORKED. */
zcg_status zcg_pool_create(zcg_context context, uint64_t budget, zcg_pool *ZCG_NULLABLE pool,
                           zcg_error *ZCG_NULLABLE err);
/* The context's own pool: where frames and scenes take theirs, unless told otherwise. The handle
 * is to be destroyed; the pool stays. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_pool_acquire_own(zcg_context context, zcg_pool *ZCG_NULLABLE pool,
                                zcg_error *ZCG_NULLABLE err);
/* Gives the pool up: what is held of it stays with its holders, what is idle is deleted in a later
 * turn. Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_pool_destroy(zcg_pool *ZCG_NULLABLE pool, zcg_error *ZCG_NULLABLE err);

typedef struct {
  uint32_t struct_size;
  zcg_format format;                /* 0: RGBA8 */
  int64_t width;
  int64_t height;
  const char *ZCG_NULLABLE label;   /* the program's name for it, in reports; NULL: none */
  size_t label_length;
} zcg_pool_request;

/* A frame of transparent black. Blocks: waits for its turn, and, where the pool is full, for the
 * GPU. Errors: BAD_SIZE, INVALID_ARGUMENT, POOL_EXHAUSTED, OUT_OF_MEMORY, STALE_HANDLE, CLOSED,
 * CONTEXT_LOST, BUSY, FORKED. */
zcg_status zcg_pool_take_frame(zcg_pool pool, const zcg_pool_request *ZCG_NULLABLE request,
                               zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);

/* Exact to the byte: a texture takes width * height * 4, or * 16 where it is of floats. */
typedef struct {
  uint32_t struct_size;  /* set by the caller */
  uint32_t reserved;
  uint64_t budget;
  uint64_t live_count;
  uint64_t live_bytes;
  uint64_t orphaned_count;  /* held by somebody; deleted, not kept, when they let go of it */
  uint64_t orphaned_bytes;
  uint64_t retiring_count;
  uint64_t retiring_bytes;
  uint64_t idle_count;
  uint64_t idle_bytes;
  uint64_t hits;        /* takings that an idle one served */
  uint64_t misses;      /* takings that made a new one */
  uint64_t evictions;   /* deleted though they could have been taken again */
  uint64_t peak_bytes;  /* the most that ever counted in the budget */
} zcg_pool_statistics;

/* Calls no driver, waits for nobody; in a context that does not live, nothing is there. Errors:
 * INVALID_ARGUMENT for another struct_size, STALE_HANDLE, FORKED. */
zcg_status zcg_pool_get_statistics(zcg_pool pool, zcg_pool_statistics *ZCG_NULLABLE statistics,
                                   zcg_error *ZCG_NULLABLE err);
/* A JSON array, the largest first: width, height, dtype, how many such, their bytes, what they are
 * used for, the label, and by which roles each is held. Calls no driver, waits for nobody. Errors:
 * STALE_HANDLE, FORKED. */
zcg_status zcg_pool_describe_holdings(zcg_pool pool, zcg_text *ZCG_NULLABLE json,
                                      zcg_error *ZCG_NULLABLE err);
/* Makes what is idle one older, and deletes what has lain idle for more than 30 such calls.
 * Blocks: waits for its turn. Errors: STALE_HANDLE, CLOSED, CONTEXT_LOST, BUSY, FORKED. */
zcg_status zcg_pool_housekeep(zcg_pool pool, uint64_t *ZCG_NULLABLE deleted,
                              zcg_error *ZCG_NULLABLE err);
/* Deletes what is idle now. Blocks: waits for its turn. Errors: as zcg_pool_housekeep. */
zcg_status zcg_pool_purge(zcg_pool pool, uint64_t *ZCG_NULLABLE deleted,
                          zcg_error *ZCG_NULLABLE err);
/* Waits for the GPU to finish with what is retiring, then deletes what is idle. What somebody
 * holds stays. Blocks: waits for its turn, and for the GPU, as above. Errors: as
 * zcg_pool_housekeep. */
zcg_status zcg_pool_clean_up(zcg_pool pool, zcg_error *ZCG_NULLABLE err);
/* As zcg_pool_clean_up; what somebody holds stays valid for them, and is deleted, not kept, when
 * they let go of it. Until then it counts in the budget. */
zcg_status zcg_pool_force_clean_up(zcg_pool pool, zcg_error *ZCG_NULLABLE err);

/* -- Memory shared with others --------------------------------------------------------- */

/* DRM_FORMAT_MOD_INVALID: how pixels are ordered in memory is not told. */
#define ZCG_MODIFIER_UNKNOWN 0x00ffffffffffffffull

/* A picture in DMA-BUFs, row 0 on top. The names of formats and modifiers are drm_fourcc.h's. */
typedef struct {
  uint32_t struct_size;
  uint32_t fourcc;
  int64_t width;
  int64_t height;
  uint64_t modifier;
  int32_t plane_count; /* 1 to 4 */
  /* What YCbCr is of: MatrixCoefficients of ITU-T H.273, 0 or 2 where nothing is said; range 0: not
   * said, 1: limited, 2: full; siting of chroma 0: not said, 1: left, 2: centre, 3: top left, 4: top,
   * 5: bottom left, 6: bottom. */
  int32_t matrix;
  int32_t range;
  int32_t siting;
  int32_t fd[4];       /* several planes may be in one DMA-BUF */
  int64_t offset[4];   /* bytes from the DMA-BUF's start */
  int64_t pitch[4];    /* bytes from one row to the next */
} zcg_dmabuf_layout;

/* A frame of memory that others made, which the GPU reads in place: what is written there later is
 * seen by the next draw that reads the frame. The descriptors stay the caller's, who may close them
 * at once. Blocks: waits for its turn. Errors: DMABUF (the message says which number does not fit, or
 * has a line for each way that the driver refused), BAD_SIZE, INVALID_ARGUMENT, STALE_HANDLE, CLOSED,
 * CONTEXT_LOST, NOT_CURRENT, BUSY, FORKED, GL, POOL_EXHAUSTED, OUT_OF_MEMORY. */
zcg_status zcg_frame_import(zcg_context context, const zcg_dmabuf_layout *ZCG_NULLABLE layout,
                            zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);
/* The frame's pixels as DMA-BUFs, for other processes and libraries: a copy that the GPU makes, as it
 * is now. Nothing draws into that memory until the handle is destroyed. Blocks: waits for its turn, and
 * for the GPU. Errors: DMABUF (the driver hands nothing out, and why), STALE_HANDLE, STALE_GENERATION,
 * CLOSED, CONTEXT_LOST, NOT_CURRENT, BUSY, FORKED, GL, POOL_EXHAUSTED, OUT_OF_MEMORY. */
zcg_status zcg_frame_export(zcg_frame frame, zcg_dmabuf *ZCG_NULLABLE dmabuf,
                            zcg_error *ZCG_NULLABLE err);
/* Where the picture is. The descriptors are borrowed: valid until the handle is destroyed. Never
 * blocks. Errors: INVALID_ARGUMENT for another struct_size, STALE_HANDLE. */
zcg_status zcg_dmabuf_get_layout(zcg_dmabuf dmabuf, zcg_dmabuf_layout *ZCG_NULLABLE layout,
                                 zcg_error *ZCG_NULLABLE err);
/* Closes the descriptors, and lets the memory go. Never calls GL, never blocks. Errors:
 * STALE_HANDLE. */
zcg_status zcg_dmabuf_destroy(zcg_dmabuf *ZCG_NULLABLE dmabuf, zcg_error *ZCG_NULLABLE err);
/* A descriptor that becomes readable when the GPU has done all that the context gave it so far; the
 * caller closes it. Blocks: waits for its turn. Errors: DMABUF (the driver has no such fences),
 * STALE_HANDLE, CLOSED, CONTEXT_LOST, NOT_CURRENT, BUSY, FORKED. */
zcg_status zcg_context_export_fence(zcg_context context, int32_t *ZCG_NULLABLE fd,
                                    zcg_error *ZCG_NULLABLE err);

/* -- Scenes ---------------------------------------------------------------------------- */

typedef struct {
  uint32_t struct_size;
  uint32_t reserved;
  const char *ZCG_NULLABLE fragment;  /* the .fs file's bytes */
  size_t fragment_length;
  const char *ZCG_NULLABLE path;      /* as messages shall name it; NULL: source text */
  size_t path_length;
  const char *ZCG_NULLABLE vertex;    /* the .vs file's bytes; NULL: none */
  size_t vertex_length;
  const char *ZCG_NULLABLE vertex_path;
  size_t vertex_path_length;
} zcg_scene_source;

/* What the text alone says, without a context: a JSON object as zcg_scene_describe gives it.
 * Calls no driver, never blocks. Errors: HEADER (with line and column), INVALID_ARGUMENT. */
zcg_status zcg_source_describe(const zcg_scene_source *ZCG_NULLABLE source,
                               zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);
/* The GLSL that a driver would get, not compiled: a JSON object with vertex and fragment, for
 * OpenGL 4.5 core (ZCG_DIALECT_AUTO, ZCG_DIALECT_GL) or OpenGL ES 3.1. Calls no driver, never
 * blocks. Errors: as zcg_source_describe; SHADER for code that would overflow a driver's stack or
 * keep it busy for minutes. */
zcg_status zcg_source_translate(const zcg_scene_source *ZCG_NULLABLE source, zcg_dialect dialect,
                                zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);

/* A shader of Shadertoy's as ISF: a JSON object with text (the ISF file) and notes (what is not
 * quite as it was, an array of sentences). The source's fragment is a JSON object: DESCRIPTION,
 * CREDIT, KEYWORDS, NOTES, all optional; INPUTS, each with NAME, TYPE (image or cube), LABEL;
 * COMMON, the text that passes share; PASSES, in the order they are drawn, each with LETTER (A to
 * D; absent: the image, which is the last), CODE, and CHANNELS, each with CHANNEL (0 to 3) and the
 * place in PASS or INPUT of what it shows. Its path is what messages call the image's code. Calls no
 * driver, never blocks. Errors: HEADER for another object, or more than 1 MiB of code in a pass;
 * SHADER for code without a mainImage, or that ends in the middle of a comment or condition;
 * INVALID_ARGUMENT. */
zcg_status zcg_source_convert_shadertoy(const zcg_scene_source *ZCG_NULLABLE source,
                                        zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);

/* Parses and compiles an ISF shader. Blocks. Errors: HEADER, SHADER (with line and column in
 * the author's file), CLOSED, CONTEXT_LOST, STALE_HANDLE, INVALID_ARGUMENT. */
zcg_status zcg_scene_create(zcg_context context, const zcg_scene_source *ZCG_NULLABLE source,
                            zcg_scene *ZCG_NULLABLE scene, zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. */
zcg_status zcg_scene_destroy(zcg_scene *ZCG_NULLABLE scene, zcg_error *ZCG_NULLABLE err);
/* A JSON object: name, description, credit, categories, kind, inputs, imports, passes, and the
 * header's own text. */
zcg_status zcg_scene_describe(zcg_scene scene, zcg_text *ZCG_NULLABLE json,
                              zcg_error *ZCG_NULLABLE err);

zcg_status zcg_scene_get_input_count(zcg_scene scene, uint32_t *ZCG_NULLABLE count,
                                     zcg_error *ZCG_NULLABLE err);
/* The input's name. Errors: UNKNOWN_INPUT beyond the last. */
zcg_status zcg_scene_get_input_name(zcg_scene scene, uint32_t input, zcg_text *ZCG_NULLABLE name,
                                    zcg_error *ZCG_NULLABLE err);
/* The index of an input. Errors: UNKNOWN_INPUT, naming those there are. */
zcg_status zcg_scene_find_input(zcg_scene scene, const char *ZCG_NULLABLE name, size_t length,
                                uint32_t *ZCG_NULLABLE input, zcg_error *ZCG_NULLABLE err);

/* A copy of what passes drew last into the buffer of that name (a pass's TARGET), a frame of its
 * own; *frame is zero before they have. Blocks: waits for its turn. Errors: INVALID_ARGUMENT, naming
 * those there are, CLOSED, CONTEXT_LOST, OUT_OF_MEMORY, BUSY. */
zcg_status zcg_scene_copy_target(zcg_scene scene, const char *ZCG_NULLABLE name, size_t length,
                                 zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);

/* What a value is, before anyone asks whether it fits. */
ZCG_ENUM(zcg_kind)
  ZCG_KIND_NONE = 0,    /* the input's default; no image */
  ZCG_KIND_BOOL = 1,    /* integer: 0 or 1 */
  ZCG_KIND_INTEGER = 2, /* integer */
  ZCG_KIND_REAL = 3,    /* number[0] */
  ZCG_KIND_VECTOR = 4,  /* number[0 ..< count] */
  ZCG_KIND_FRAME = 5,   /* frame: set borrows it and takes a hold of its own */
  ZCG_KIND_AUDIO = 7,   /* audio: set borrows it and keeps the sound */
  ZCG_KIND_VIDEO = 8,   /* video: set borrows it, and shows its frame at each frame's time */
  ZCG_KIND_OTHER = 6,   /* something no input takes; for the message it causes */
ZCG_ENUM_END(zcg_kind)

typedef struct {
  uint32_t input; /* which input */
  zcg_kind kind;
  int64_t integer;
  uint32_t count;
  uint32_t edition; /* the scene's edition that `input` was found in; 0: whichever it is in */
  double number[4];
  zcg_frame frame;
  zcg_audio audio;
  zcg_video video;
  char type_name[32]; /* for ZCG_KIND_OTHER: what it is, for the message; ends in NUL */
} zcg_value;

/* Sets an input until it is set again. Blocks only for the scene's own short lock.
 * Errors: UNKNOWN_INPUT, WRONG_TYPE, OUT_OF_RANGE, WRONG_CONTEXT, STALE_HANDLE (also where the
 * scene is in another edition than the value's). */
zcg_status zcg_scene_set_value(zcg_scene scene, const zcg_value *ZCG_NULLABLE value,
                               zcg_error *ZCG_NULLABLE err);
/* Sets `count` inputs, all of them or none. Blocks and errors: as zcg_scene_set_value. */
zcg_status zcg_scene_set_values(zcg_scene scene, const zcg_value *ZCG_NULLABLE values,
                                uint32_t count, zcg_error *ZCG_NULLABLE err);
/* Reads an input, and the edition that says which one that is. A frame, a sound or a video
 * comes back as a handle of its own, to be destroyed. */
zcg_status zcg_scene_get_value(zcg_scene scene, uint32_t input, zcg_value *ZCG_NULLABLE value,
                               zcg_error *ZCG_NULLABLE err);
/* How many pictures the input takes: 1 for an image, 6 for a cube, else 0. Errors:
 * UNKNOWN_INPUT. */
zcg_status zcg_scene_is_image_input(zcg_scene scene, uint32_t input, int32_t *ZCG_NULLABLE image,
                                    zcg_error *ZCG_NULLABLE err);

typedef struct {
  uint32_t struct_size;
  uint32_t value_count;
  int64_t width;
  int64_t height;
  double time;        /* TIME, seconds */
  double time_delta;  /* TIMEDELTA, seconds; used where has_time_delta is 1 */
  int64_t frame_index;/* FRAMEINDEX; used where has_frame_index is 1 */
  double date[4];     /* DATE: year, month 1-12, day, seconds; used where has_date is 1 */
  int32_t has_time_delta;
  int32_t has_frame_index;
  int32_t has_date;
  uint32_t reserved;
  const zcg_value *ZCG_NULLABLE values; /* inputs for this call only */
  zcg_pool pool; /* where the frame comes from; bits 0: the context's own */
} zcg_render_options;

/* Draws one frame. Without time_delta it is the step from the previous frame's time, 0 for the
 * first; without frame_index it counts from 0; without date it is now, local time. A failure
 * leaves the scene as it was. Blocks: waits for its turn. Errors: BAD_SIZE, UNKNOWN_INPUT,
 * WRONG_TYPE, OUT_OF_RANGE, CLOSED, CONTEXT_LOST, STALE_GENERATION, OUT_OF_MEMORY, GL, BUSY,
 * POOL_EXHAUSTED, WRONG_CONTEXT for another context's pool. */
zcg_status zcg_scene_render(zcg_scene scene, const zcg_render_options *ZCG_NULLABLE options,
                            zcg_frame *ZCG_NULLABLE frame, zcg_error *ZCG_NULLABLE err);
/* As zcg_scene_render, then reads the frame to the caller's memory; makes no frame. */
zcg_status zcg_scene_render_into(zcg_scene scene, const zcg_render_options *ZCG_NULLABLE options,
                                 const zcg_destination *ZCG_NULLABLE destination,
                                 zcg_error *ZCG_NULLABLE err);
/* Persistent buffers back to transparent black, frame index and time back to the start. */
zcg_status zcg_scene_reset(zcg_scene scene, zcg_error *ZCG_NULLABLE err);

/* -- Audio ----------------------------------------------------------------------------- */

/* Sound in memory, which inputs of type audio and audioFFT show at a frame's TIME; docs/audio.md
 * says how. It belongs to no context, never changes, and stays as long as a handle or an input has
 * it. */

/* How a sample is stored, in the machine's byte order. */
ZCG_ENUM(zcg_sample_format)
  ZCG_SAMPLE_UINT8 = 1,   /* silence is 128 */
  ZCG_SAMPLE_INT16 = 2,
  ZCG_SAMPLE_INT24 = 3,   /* three bytes */
  ZCG_SAMPLE_INT32 = 4,
  ZCG_SAMPLE_FLOAT32 = 5, /* -1 to 1 at full scale */
  ZCG_SAMPLE_FLOAT64 = 6,
ZCG_ENUM_END(zcg_sample_format)

/* Samples in memory, in any arrangement that two strides describe. */
typedef struct {
  uint32_t struct_size;
  zcg_sample_format format;
  double rate;            /* samples a second, 1 to 10000000 */
  int64_t channels;       /* 1 to 64 */
  int64_t count;          /* of each channel; 2^29 in all channels together at most */
  int64_t channel_stride; /* bytes from one channel's first sample to the next's, 0 or more */
  int64_t sample_stride;  /* bytes from one sample of a channel to the next, 0 or more */
  const void *ZCG_NULLABLE data;
  size_t length;          /* bytes that may be read at `data` */
} zcg_samples;

/* Copies samples. Blocks: as long as the copy takes. Errors: BAD_BUFFER, INVALID_ARGUMENT (a rate,
 * or a sample that is no number), OUT_OF_MEMORY. */
zcg_status zcg_audio_create(const zcg_samples *ZCG_NULLABLE samples, zcg_audio *ZCG_NULLABLE audio,
                            zcg_error *ZCG_NULLABLE err);
/* Decodes the sound of a file, of any format that the machine's FFmpeg knows, videos among them: of a
 * stream, or, below 0, of the one that FFmpeg thinks best. `path` is bytes as the system has them.
 * Blocks: reads the file to its end. Errors: INVALID_ARGUMENT, LIBRARY, MEDIA (no sound, one that
 * cannot be decoded, changes on its way, or is beyond zcg_samples), OUT_OF_MEMORY. */
zcg_status zcg_audio_open(const char *ZCG_NULLABLE path, size_t length, int32_t stream,
                          zcg_audio *ZCG_NULLABLE audio, zcg_error *ZCG_NULLABLE err);
/* The same of a video's file, of the stream that FFmpeg thinks best, in step with the picture: it
 * begins with the first frame. Where the file has it begin later there is silence before; what is
 * earlier is left out. Blocks: as zcg_audio_open, and until no thread decodes frames. Errors: as
 * that, MEDIA, too, where the sound is over before the first frame; STALE_HANDLE, CLOSED, FORKED. */
zcg_status zcg_video_open_sound(zcg_video video, zcg_audio *ZCG_NULLABLE audio,
                                zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_audio_destroy(zcg_audio *ZCG_NULLABLE audio, zcg_error *ZCG_NULLABLE err);

typedef struct {
  double rate;      /* samples a second */
  int64_t channels;
  int64_t count;    /* of each channel */
} zcg_audio_layout;

/* Never blocks. Errors: STALE_HANDLE, INVALID_ARGUMENT. */
zcg_status zcg_audio_get_layout(zcg_audio audio, zcg_audio_layout *ZCG_NULLABLE layout,
                                zcg_error *ZCG_NULLABLE err);
/* Whether the input takes a sound: 1, or 0. Never blocks. Errors: UNKNOWN_INPUT, STALE_HANDLE. */
zcg_status zcg_scene_is_audio_input(zcg_scene scene, uint32_t input, int32_t *ZCG_NULLABLE audio,
                                    zcg_error *ZCG_NULLABLE err);

/* -- Decoder --------------------------------------------------------------------------- */

/* Who decodes. */
ZCG_ENUM(zcg_backend)
  ZCG_BACKEND_AUTO = 0,
  ZCG_BACKEND_SOFTWARE = 1,
  ZCG_BACKEND_VAAPI = 2,
ZCG_ENUM_END(zcg_backend)

/* Decodes packets that a program feeds by hand, on a thread of its own. Before the first keyframe,
 * and after each break in the stream, packets that cannot be decoded are not taken. Nothing of this is
 * usable in a child of a fork but for destroying it. */
typedef struct {
  uint32_t struct_size;
  int32_t threads;               /* 1 to 64; 0: as many as FFmpeg thinks fit */
  const char *ZCG_NULLABLE codec; /* FFmpeg's name: "h264" */
  size_t codec_length;
  const void *ZCG_NULLABLE extradata; /* avcC or hvcC where lengths part the units; else Annex B */
  size_t extradata_length;
  int32_t time_base_numerator;   /* seconds a tick of pts and dts; 0: 1 / 1000000 */
  int32_t time_base_denominator;
  int32_t backlog;               /* packets that may wait, 1 to 4096; 0: 64 */
  int32_t ahead;                 /* frames that may wait, 1 to 64; 0: 4 */
  int32_t drops_backlog;         /* 1: drops what waits where more would wait than may */
  int32_t lease_budget;          /* frames of a device's memory held at once, 1 to 64; 0: 8 */
  double patience;               /* seconds before a keyframe is asked for again; 0: 0.25 */
  const char *ZCG_NULLABLE device; /* a render node or an X display, for VAAPI; NULL finds one */
  size_t device_length;
  zcg_context context;           /* whose device is preferred; bits 0: none */
  zcg_backend backend;
  uint32_t reserved;
} zcg_decoder_options;

/* Blocks: opens FFmpeg on first use. Errors: INVALID_ARGUMENT, BAD_BUFFER, LIBRARY, MEDIA for a codec
 * that FFmpeg does not decode, or a device that must and cannot be had, STALE_HANDLE, OUT_OF_MEMORY;
 * for the context CLOSED, FORKED. */
zcg_status zcg_decoder_create(const zcg_decoder_options *ZCG_NULLABLE options,
                              zcg_decoder *ZCG_NULLABLE decoder, zcg_error *ZCG_NULLABLE err);
/* Stops the thread and closes the decoder; frames stay. A second close does nothing, and so does one
 * in a child of a fork. Blocks: until the packet is decoded that is being decoded. Errors:
 * STALE_HANDLE. */
zcg_status zcg_decoder_close(zcg_decoder decoder, zcg_error *ZCG_NULLABLE err);
/* Gives the handle up: the thread ends by itself. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_decoder_destroy(zcg_decoder *ZCG_NULLABLE decoder, zcg_error *ZCG_NULLABLE err);

typedef struct {
  uint32_t struct_size;
  int32_t is_key;  /* 1: a keyframe; 0: none; -1: its bits tell */
  int64_t pts;     /* in the time base; INT64_MIN: unknown */
  int64_t dts;
  const void *ZCG_NULLABLE data;
  size_t length;
} zcg_packet;

/* Copies a packet for the thread to decode. *taken is 0 where it cannot be decoded, since a keyframe
 * is missing. Blocks: while more would wait than may and the decoder gets on by itself; not with
 * drops_backlog. Errors: BAD_BUFFER for one without bytes, INVALID_ARGUMENT, POOL_EXHAUSTED where more
 * would wait than may and frames must be received first, MEDIA, CLOSED, STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_decoder_send(zcg_decoder decoder, const zcg_packet *ZCG_NULLABLE packet,
                            int32_t *ZCG_NULLABLE taken, zcg_error *ZCG_NULLABLE err);
/* No packet comes any more: what is inside comes out. Never blocks. Errors: CLOSED, STALE_HANDLE,
 * FORKED. */
zcg_status zcg_decoder_finish(zcg_decoder decoder, zcg_error *ZCG_NULLABLE err);
/* Forgets all packets and frames; nothing passes until the next keyframe. Never blocks. Errors:
 * CLOSED, STALE_HANDLE, FORKED. */
zcg_status zcg_decoder_flush(zcg_decoder decoder, zcg_error *ZCG_NULLABLE err);
/* The next frame, to be destroyed; *frame is zero where none waits. Never blocks. Errors: MEDIA, once
 * for each packet that could not be decoded, POOL_EXHAUSTED while a device has no room for another
 * frame (nothing is lost), CLOSED, STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_decoder_receive(zcg_decoder decoder, zcg_video_frame *ZCG_NULLABLE frame,
                               zcg_error *ZCG_NULLABLE err);
/* A descriptor that can be read from while zcg_decoder_receive has something to say: for poll. It is
 * the decoder's, and closed with its last handle. Never blocks. Errors: STALE_HANDLE, FORKED. */
zcg_status zcg_decoder_get_descriptor(zcg_decoder decoder, int32_t *ZCG_NULLABLE descriptor,
                                      zcg_error *ZCG_NULLABLE err);
/* Whether to ask the sender for a keyframe, at a time in seconds of the caller's clock: 1, and then 0
 * for a while, which doubles each time. Never blocks. Errors: INVALID_ARGUMENT, CLOSED, STALE_HANDLE,
 * FORKED. */
zcg_status zcg_decoder_wants_keyframe(zcg_decoder decoder, double now, int32_t *ZCG_NULLABLE wants,
                                      zcg_error *ZCG_NULLABLE err);
/* Whether all that was sent before zcg_decoder_finish was received: 1, or 0. Never blocks. Errors:
 * STALE_HANDLE, FORKED. */
zcg_status zcg_decoder_has_ended(zcg_decoder decoder, int32_t *ZCG_NULLABLE ended,
                                 zcg_error *ZCG_NULLABLE err);
/* A JSON object: what was taken, decoded, received, dropped; the gate; how long things took, in
 * seconds. Never blocks. Errors: STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_decoder_report(zcg_decoder decoder, zcg_text *ZCG_NULLABLE json,
                              zcg_error *ZCG_NULLABLE err);

/* -- Pipeline -------------------------------------------------------------------------- */

/* Frames from a decoder's thread to a viewer: what is due is shown, what is late is dropped, and nobody
 * waits for anybody's trouble. Times are seconds of a clock of the caller's that does not go back. */
typedef struct {
  uint32_t struct_size;
  int32_t ahead;       /* frames that wait to be shown, 1 to 64; 0: 4 */
  int32_t cache;       /* frames kept after they were shown, 0 to 64; below 0: 2 */
  uint32_t reserved;
  double latency;      /* seconds from when the first frame came to when it is shown; below 0: 0 */
  zcg_video video;     /* what is shown; or */
  zcg_decoder decoder; /* where bits is not 0 */
} zcg_pipeline_options;

/* Begins to decode, where that is a video. The pipeline keeps its source, and closes it when it is
 * closed. Never blocks. Errors: INVALID_ARGUMENT, STALE_HANDLE, OUT_OF_MEMORY. */
zcg_status zcg_pipeline_create(const zcg_pipeline_options *ZCG_NULLABLE options,
                               zcg_pipeline *ZCG_NULLABLE pipeline, zcg_error *ZCG_NULLABLE err);
/* Stops: workers, presenter, cache, what the GPU was given, decoder, in that order. A second close does nothing, and
 * so does one in a child of a fork. Blocks: until the frame is decoded that is being decoded. Errors:
 * STALE_HANDLE. */
zcg_status zcg_pipeline_close(zcg_pipeline pipeline, zcg_error *ZCG_NULLABLE err);
/* Gives the handle up: the thread ends by itself. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_pipeline_destroy(zcg_pipeline *ZCG_NULLABLE pipeline, zcg_error *ZCG_NULLABLE err);
/* The frame that is to be seen at a time: *number counts those that were shown, 0 before the first.
 * *frame is to be destroyed; it is zero where the number is 0, or `known`, which the caller has. Never
 * waits for the decoder. Errors: INVALID_ARGUMENT, CLOSED, STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_pipeline_show(zcg_pipeline pipeline, double now, int64_t known,
                             int64_t *ZCG_NULLABLE number, zcg_video_frame *ZCG_NULLABLE frame,
                             zcg_error *ZCG_NULLABLE err);
/* The frame that was shown so many frames before the one that is shown, to be destroyed; zero where it
 * is not kept any more. Decodes nothing, never blocks. Errors: INVALID_ARGUMENT below 0, CLOSED,
 * STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_pipeline_get_past(zcg_pipeline pipeline, int32_t steps,
                                 zcg_video_frame *ZCG_NULLABLE frame,
                                 zcg_error *ZCG_NULLABLE err);
/* Forgets what waits; what is shown stays. Of packets nothing passes until the next keyframe. Never
 * blocks. Errors: CLOSED, STALE_HANDLE, FORKED. */
zcg_status zcg_pipeline_flush(zcg_pipeline pipeline, zcg_error *ZCG_NULLABLE err);
/* As zcg_decoder_wants_keyframe; 0 for a video. Never blocks. Errors: INVALID_ARGUMENT, CLOSED,
 * STALE_HANDLE, FORKED. */
zcg_status zcg_pipeline_wants_keyframe(zcg_pipeline pipeline, double now,
                                       int32_t *ZCG_NULLABLE wants, zcg_error *ZCG_NULLABLE err);
/* How many holds on frames the pipeline has now, by role. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_pipeline_get_holders(zcg_pipeline pipeline, zcg_holders *ZCG_NULLABLE holders,
                                    zcg_error *ZCG_NULLABLE err);
/* A JSON object: state, what each stage did, how long it took in seconds. Never blocks. Errors: CLOSED,
 * STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_pipeline_report(zcg_pipeline pipeline, zcg_text *ZCG_NULLABLE json,
                               zcg_error *ZCG_NULLABLE err);

/* -- Renderer -------------------------------------------------------------------------- */

/* Draws pictures into the framebuffer that the host of a borrowed context has bound. */

/* Never blocks. Errors: INVALID_ARGUMENT for a context of zcgpu's own, STALE_HANDLE. */
zcg_status zcg_renderer_create(zcg_context context, zcg_renderer *ZCG_NULLABLE renderer,
                               zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_renderer_destroy(zcg_renderer *ZCG_NULLABLE renderer, zcg_error *ZCG_NULLABLE err);

ZCG_ENUM(zcg_fit)
  ZCG_FIT_CONTAIN = 0, /* all of the picture, in the middle */
  ZCG_FIT_COVER = 1,   /* all of the viewport: the middle of the picture */
  ZCG_FIT_STRETCH = 2, /* all of both: the picture's shape changes */
ZCG_ENUM_END(zcg_fit)

typedef struct {
  uint32_t struct_size;
  zcg_fit fit;
  int32_t x;             /* the viewport, in pixels from the framebuffer's lower left corner */
  int32_t y;
  int32_t width;         /* 0 draws nothing, as of a window that is folded up */
  int32_t height;
  int32_t has_viewport;  /* 0: the host's own */
  int32_t has_background;
  double background[4];  /* RGBA from 0 to 1, where the picture is not; else that stays as it is */
  double sample_aspect;  /* how many times as wide as high a sample is; 0: as the frame says, or 1 */
} zcg_draw_options;

/* Draws a frame, upright, over what was there (alpha is written, not blended); the host's state is
 * as it was. The frame is held in the role of the renderer while this records the draw, then by the
 * GPU until its fence. Blocks: waits for its turn; the first draw of a generation compiles. Errors:
 * NOT_CURRENT, INVALID_ARGUMENT (also where what is bound cannot be drawn into), BAD_SIZE,
 * WRONG_CONTEXT, WRONG_TYPE for a cube, STALE_GENERATION, STALE_HANDLE, CLOSED, CONTEXT_LOST, BUSY,
 * REENTERED, FORKED, GL, OUT_OF_MEMORY. */
zcg_status zcg_renderer_draw(zcg_renderer renderer, zcg_frame frame,
                             const zcg_draw_options *ZCG_NULLABLE options,
                             zcg_error *ZCG_NULLABLE err);
/* As zcg_renderer_draw, of a decoded frame: in its colours, turned upright, its device's memory drawn
 * from where that can be. What the GPU cannot bring in or draw is converted on the CPU and drawn all
 * the same. Drawn again it is brought in once. Blocks: for its device, too. Errors: as
 * zcg_renderer_draw, and MEDIA, POOL_EXHAUSTED. */
zcg_status zcg_renderer_draw_video(zcg_renderer renderer, zcg_video_frame frame,
                                   const zcg_draw_options *ZCG_NULLABLE options,
                                   zcg_error *ZCG_NULLABLE err);
/* zcg_pipeline_show, then zcg_renderer_draw_video. *number is 0 as well where the frame could not be
 * drawn any more, since its context began anew meanwhile; it may be drawn again. Never waits for the
 * decoder. Errors: those of both. */
zcg_status zcg_pipeline_draw(zcg_pipeline pipeline, zcg_renderer renderer, double now,
                             const zcg_draw_options *ZCG_NULLABLE options, int64_t known,
                             int64_t *ZCG_NULLABLE number, zcg_video_frame *ZCG_NULLABLE frame,
                             zcg_error *ZCG_NULLABLE err);

typedef struct {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t drawn;
  uint64_t dropped; /* frames that could not be drawn any more: stale, closed, of another context */
  uint64_t failed;  /* the driver refused, or what the host had bound did */
  uint64_t fallbacks; /* decoded frames among those drawn that were converted on the CPU, since the
                         GPU would not */
} zcg_renderer_statistics;

/* Never blocks. Errors: INVALID_ARGUMENT, STALE_HANDLE. */
zcg_status zcg_renderer_get_statistics(zcg_renderer renderer,
                                       zcg_renderer_statistics *ZCG_NULLABLE statistics,
                                       zcg_error *ZCG_NULLABLE err);

/* -- Video ----------------------------------------------------------------------------- */

/* Video files, decoded by the machine's FFmpeg, which is opened on first use. A frame is known by its
 * number, from 0 in the order in which frames are shown; docs/video.md tells how. Frames and planes
 * outlive their video, file and decoder. Nothing of this is usable in a child of a fork but for
 * destroying it. */

/* Whether a frame in a device's memory may be copied to that of the machine on its way to a context. */
ZCG_ENUM(zcg_zero_copy)
  ZCG_ZERO_COPY_AUTO = 0,    /* where it cannot be drawn from the device's memory */
  ZCG_ZERO_COPY_REQUIRE = 1, /* never: that is DMABUF, at once or of that frame; wants a context */
  ZCG_ZERO_COPY_OFF = 2,     /* always */
ZCG_ENUM_END(zcg_zero_copy)

/* What becomes of frames that are partly made up, or decoded from such. */
ZCG_ENUM(zcg_damage)
  ZCG_DAMAGE_ERROR = 0, /* MEDIA, for each, until a key frame is whole again */
  ZCG_DAMAGE_SHOW = 1,  /* frames, whose facts say so */
ZCG_ENUM_END(zcg_damage)

typedef struct {
  uint32_t struct_size;
  zcg_backend backend;
  int32_t threads;      /* that decode, 1 to 64; 0: as many as FFmpeg thinks fit */
  int32_t lease_budget; /* frames of a device's memory that may be held at once, 1 to 64; 0: 8 */
  const char *ZCG_NULLABLE device; /* a render node or an X display, for VAAPI; NULL finds one */
  size_t device_length;
  zcg_context context; /* whose device is preferred; bits 0: none */
  zcg_zero_copy zero_copy;
  zcg_damage damage;
} zcg_video_options;

/* Opens a file by its path, bytes as the system has them. Blocks: reads the file's beginning. Errors:
 * INVALID_ARGUMENT, LIBRARY (no FFmpeg that this build knows), MEDIA (no video, or none that can be
 * read), STALE_HANDLE, OUT_OF_MEMORY; for the context CLOSED, FORKED; where zero copy is required,
 * which draws the first picture, DMABUF, too, CONTEXT_LOST, NOT_CURRENT, BUSY, POOL_EXHAUSTED, GL. */
zcg_status zcg_video_open(const char *ZCG_NULLABLE path, size_t length,
                          const zcg_video_options *ZCG_NULLABLE options,
                          zcg_video *ZCG_NULLABLE video, zcg_error *ZCG_NULLABLE err);
/* Closes file and decoder; frames stay. A second close does nothing, and so does one in a child of a
 * fork. Blocks: until no thread decodes. Errors: STALE_HANDLE. */
zcg_status zcg_video_close(zcg_video video, zcg_error *ZCG_NULLABLE err);
/* Gives the handle up, and closes as zcg_video_close does. Errors: STALE_HANDLE. */
zcg_status zcg_video_destroy(zcg_video *ZCG_NULLABLE video, zcg_error *ZCG_NULLABLE err);
/* A JSON object: the container, the stream that is shown, all streams, the backend. Never blocks, and
 * works on a closed video. Errors: STALE_HANDLE, OUT_OF_MEMORY. */
zcg_status zcg_video_describe(zcg_video video, zcg_text *ZCG_NULLABLE json,
                              zcg_error *ZCG_NULLABLE err);
/* A JSON object: what was decoded, dropped, sought and failed so far, and how the index was made.
 * Blocks: until no thread decodes. Errors: STALE_HANDLE, CLOSED, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_video_report(zcg_video video, zcg_text *ZCG_NULLABLE json,
                            zcg_error *ZCG_NULLABLE err);
/* How long zcg_video_get_frame_count, zcg_video_find_frame and zcg_video_acquire_frame may work on what
 * takes a whole file: after so many seconds they fail with BUSY, and the same call goes on from there.
 * 0, as at first: until it is done. zcg_video_close ends such work at once, with CLOSED. Blocks: never.
 * Errors: INVALID_ARGUMENT, STALE_HANDLE. */
zcg_status zcg_video_set_patience(zcg_video video, double seconds, zcg_error *ZCG_NULLABLE err);
/* How many frames there are. Blocks: on first use reads the file to its end, and decodes it where
 * that does not tell. Errors: STALE_HANDLE, CLOSED, FORKED, MEDIA, OUT_OF_MEMORY. */
zcg_status zcg_video_get_frame_count(zcg_video video, int64_t *ZCG_NULLABLE count,
                                     zcg_error *ZCG_NULLABLE err);
/* The number of the frame that is shown at a time, in seconds since the first one is. Blocks: as
 * zcg_video_get_frame_count. Errors: as that, OUT_OF_RANGE before the first frame and after the last
 * one, INVALID_ARGUMENT. */
zcg_status zcg_video_find_frame(zcg_video video, double seconds, int64_t *ZCG_NULLABLE number,
                                zcg_error *ZCG_NULLABLE err);
/* Decodes a frame, to be destroyed; *frame is zero beyond the last one. One after the other they are
 * decoded in one go; any other wants what zcg_video_get_frame_count wants. After a failure of MEDIA,
 * which is of this frame alone, others may be had. Blocks: decodes. Errors: STALE_HANDLE, CLOSED,
 * FORKED, MEDIA, OUT_OF_RANGE below 0, POOL_EXHAUSTED, OUT_OF_MEMORY. */
zcg_status zcg_video_acquire_frame(zcg_video video, int64_t number,
                                   zcg_video_frame *ZCG_NULLABLE frame,
                                   zcg_error *ZCG_NULLABLE err);

/* -- Video frames ---------------------------------------------------------------------- */

/* Another handle on the same frame, with a life of its own. Never blocks. Errors: STALE_HANDLE,
 * OUT_OF_MEMORY. */
zcg_status zcg_video_frame_acquire(zcg_video_frame frame, zcg_video_frame *ZCG_NULLABLE another,
                                   zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_video_frame_destroy(zcg_video_frame *ZCG_NULLABLE frame,
                                   zcg_error *ZCG_NULLABLE err);

typedef struct {
  int64_t number;  /* which frame of its video; -1 where that is unknown */
  int64_t ticks;   /* when it is shown, in the time base, as the file says; INT64_MIN: it does not */
  double seconds;  /* the same since the first frame */
  double duration; /* seconds; 0 where unknown */
  int32_t time_base_numerator;
  int32_t time_base_denominator;
  int32_t width;   /* cropped, and not turned */
  int32_t height;
  int32_t is_key;
  int32_t is_interlaced;
  int32_t plane_count;
  int32_t is_damaged; /* parts of it are made up, or may be: ZCG_DAMAGE_SHOW */
} zcg_video_frame_facts;

/* Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_video_frame_get_facts(zcg_video_frame frame,
                                     zcg_video_frame_facts *ZCG_NULLABLE facts,
                                     zcg_error *ZCG_NULLABLE err);
/* A JSON object: pixel format, colour, sample aspect, turn. Never blocks. Errors: STALE_HANDLE,
 * OUT_OF_MEMORY. */
zcg_status zcg_video_frame_describe(zcg_video_frame frame, zcg_text *ZCG_NULLABLE json,
                                    zcg_error *ZCG_NULLABLE err);
/* Who holds the frame, all at one moment; `mappings` are planes that somebody looks at. Never blocks.
 * Errors: STALE_HANDLE. */
zcg_status zcg_video_frame_get_holders(zcg_video_frame frame, zcg_holders *ZCG_NULLABLE holders,
                                       zcg_error *ZCG_NULLABLE err);
/* Takes a hold on the frame's pixels, which every zcg_lease_* takes. Never blocks. Errors:
 * INVALID_ARGUMENT for a role that is none, LEASE for ZCG_ROLE_GPU, STALE_HANDLE, FORKED,
 * OUT_OF_MEMORY. */
zcg_status zcg_video_frame_acquire_lease(zcg_video_frame frame, zcg_role role,
                                         zcg_lease *ZCG_NULLABLE lease,
                                         zcg_error *ZCG_NULLABLE err);
/* A frame, with a hold of its own, of what the lease holds; to be destroyed. Never blocks. Errors:
 * STALE_HANDLE, WRONG_TYPE where it holds no video's, OUT_OF_MEMORY. */
zcg_status zcg_lease_acquire_video_frame(zcg_lease lease, zcg_video_frame *ZCG_NULLABLE frame,
                                         zcg_error *ZCG_NULLABLE err);

/* A plane of a frame in memory, to be destroyed: it keeps the pixels, and not the frame. Blocks: a
 * frame of a device's memory is copied first. Errors: STALE_HANDLE, OUT_OF_RANGE, FORKED, MEDIA,
 * OUT_OF_MEMORY. */
zcg_status zcg_plane_acquire(zcg_video_frame frame, int32_t number, zcg_plane *ZCG_NULLABLE plane,
                             zcg_error *ZCG_NULLABLE err);

/* The picture for display, turned upright, as a frame of bytes in a context. Blocks: converts, waits
 * for its turn. Errors: STALE_HANDLE, FORKED, MEDIA, BAD_SIZE, CLOSED, CONTEXT_LOST, NOT_CURRENT, BUSY,
 * POOL_EXHAUSTED, OUT_OF_MEMORY, GL; DMABUF where a copy is needed and not allowed. */
zcg_status zcg_video_frame_convert(zcg_video_frame frame, zcg_context context,
                                   zcg_frame *ZCG_NULLABLE picture, zcg_error *ZCG_NULLABLE err);
/* The same in memory, in ZCG_FORMAT_RGBA8; width and height change places where the frame is turned by
 * a quarter. Calls no driver. Blocks: converts. Errors: STALE_HANDLE, FORKED, MEDIA, BAD_BUFFER,
 * BAD_SIZE, OUT_OF_MEMORY. */
zcg_status zcg_video_frame_read(zcg_video_frame frame,
                                const zcg_destination *ZCG_NULLABLE destination,
                                zcg_error *ZCG_NULLABLE err);
/* A plane in a texture of a context, as coded and not turned: a frame of ZCG_FORMAT_R8, R16, RG8, RG16
 * or RGBA8. From a device's memory it is drawn where that can be imported. Blocks: uploads, waits for its turn. Errors: OUT_OF_RANGE, WRONG_TYPE (no texture holds
 * such samples), and as zcg_video_frame_convert. */
zcg_status zcg_video_frame_upload(zcg_video_frame frame, int32_t plane, zcg_context context,
                                  zcg_frame *ZCG_NULLABLE texture, zcg_error *ZCG_NULLABLE err);
/* The memory of the device that decoded the frame, as DMA-BUFs, for other processes and libraries:
 * no copy. The decoder does not write to it before the handle is destroyed. Blocks: waits for the
 * device. Errors: DMABUF (decoded on the CPU, or moved from the device's memory; or the device hands
 * nothing out, and why), STALE_HANDLE, FORKED, OUT_OF_MEMORY. */
zcg_status zcg_video_frame_export(zcg_video_frame frame, zcg_dmabuf *ZCG_NULLABLE dmabuf,
                                  zcg_error *ZCG_NULLABLE err);

typedef struct {
  const void *ZCG_NULLABLE data; /* row 0, which is on top; valid as long as the plane's handle */
  int64_t row_stride;   /* bytes from one row to the next, may be negative */
  int32_t width;        /* pixels of this plane */
  int32_t height;
  int32_t channels;     /* samples of a pixel: 1; 2 for the chroma of NV12; 3 or 4 for packed RGB */
  int32_t sample_bytes; /* 1, or 2 with the low byte first */
} zcg_plane_layout;

/* Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_plane_get_layout(zcg_plane plane, zcg_plane_layout *ZCG_NULLABLE layout,
                                zcg_error *ZCG_NULLABLE err);
/* Another handle on the same plane, with a life of its own. Never blocks. Errors: STALE_HANDLE,
 * OUT_OF_MEMORY. */
zcg_status zcg_plane_share(zcg_plane plane, zcg_plane *ZCG_NULLABLE another,
                           zcg_error *ZCG_NULLABLE err);
/* Never calls GL, never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_plane_destroy(zcg_plane *ZCG_NULLABLE plane, zcg_error *ZCG_NULLABLE err);

/* -- Imports --------------------------------------------------------------------------- */

/* How many pictures the header imports (IMPORTED); zcg_scene_describe lists them, with their paths
 * as written. Reading the files is the caller's. Never blocks. Errors: STALE_HANDLE. */
zcg_status zcg_scene_get_import_count(zcg_scene scene, uint32_t *ZCG_NULLABLE count,
                                      zcg_error *ZCG_NULLABLE err);
/* Gives an import its picture: a cube where the header says so, else a picture. The scene keeps it,
 * in memory too, from where later generations of the context have it. Drawing is INVALID_ARGUMENT
 * while a picture that the shader looks at was never given. Blocks: reads the frame back. Errors:
 * INVALID_ARGUMENT beyond the last import, WRONG_TYPE, WRONG_CONTEXT, and as zcg_frame_read. */
zcg_status zcg_scene_set_import(zcg_scene scene, uint32_t index, zcg_frame picture,
                                zcg_error *ZCG_NULLABLE err);

/* -- Checking sources ------------------------------------------------------------------ */

/* What works here and not on every host, or does nothing, as far as the text alone shows: a JSON
 * array of objects with severity, code, message, hint, file, line, column and end, in the order of
 * the text. `dialect` is what the text is translated for first, as by zcg_source_translate. Calls no
 * driver, never blocks. Errors: as zcg_source_translate. */
zcg_status zcg_source_check(const zcg_scene_source *ZCG_NULLABLE source, zcg_dialect dialect,
                            zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);

/* -- Reloading ------------------------------------------------------------------------- */

/* Another text for a scene, which is in another edition from then on: its inputs may be others, in
 * another order. Those of the same name and type keep the values that somebody set, where they fit
 * the new declaration; persistent buffers of the same name keep their pictures; time and frame
 * index go on. `pictures` are those of its imports, as for zcg_scene_set_import, one for each; or
 * none, to be given later. On failure nothing has changed. Other threads may draw and set inputs
 * meanwhile. Blocks: waits for its turn, compiles. Errors: as zcg_scene_create and
 * zcg_scene_set_import, REENTERED, BUSY, FORKED. */
zcg_status zcg_scene_reload(zcg_scene scene, const zcg_scene_source *ZCG_NULLABLE source,
                            const zcg_frame *ZCG_NULLABLE pictures, uint32_t picture_count,
                            zcg_error *ZCG_NULLABLE err);
/* Which edition the scene is in, never 0; indices of inputs are good in one. Blocks only for the
 * scene's own short lock. Errors: STALE_HANDLE. */
zcg_status zcg_scene_get_edition(zcg_scene scene, uint32_t *ZCG_NULLABLE edition,
                                 zcg_error *ZCG_NULLABLE err);

/* -- Flight recorder ------------------------------------------------------------------- */

/* Records what happens to a new file from now on, with room for the last `events` events, 0: 65536;
 * at least half as many are kept.
 * In `path`, "%p" stands for the process's number. The file outlives the process, however it
 * ends; `zcgpu flight` shows it. A recording that is there is replaced, unless its process lives.
 * What was recorded to before ends. Blocks: writes the file. Errors: INVALID_ARGUMENT, OUTPUT. */
zcg_status zcg_flight_start(const char *ZCG_NULLABLE path, size_t length, int64_t events,
                            zcg_error *ZCG_NULLABLE err);
/* Ends the recording; the file stays. Fine where there is none. Blocks while another thread
 * starts one. Errors: none. */
zcg_status zcg_flight_stop(zcg_error *ZCG_NULLABLE err);
/* The file that is recorded to; empty where none is. Blocks as zcg_flight_stop. Errors:
 * INVALID_ARGUMENT, OUT_OF_MEMORY. */
zcg_status zcg_flight_get_path(zcg_text *ZCG_NULLABLE path, zcg_error *ZCG_NULLABLE err);

/* -- Log ------------------------------------------------------------------------------- */

/* Lines that zcgpu has to say wait for whoever takes them. Whether there may be one: 1, or 0.
 * Never fails, never blocks. */
int32_t zcg_log_has_lines(void);
/* Takes the oldest line. *level is 10 for what ZCGPU_LOG asked for and 30 for a warning; *line is
 * the caller's to destroy, and 0 where none waits. Never blocks. Errors: INVALID_ARGUMENT,
 * OUT_OF_MEMORY. */
zcg_status zcg_log_take(int32_t *ZCG_NULLABLE level, zcg_text *ZCG_NULLABLE line,
                        zcg_error *ZCG_NULLABLE err);

/* -- The end of a process ---------------------------------------------------------------- */

/* Ends every thread that decodes, then closes every context of ours that no thread is using, which waits for the GPU's work in it. To be
 * called once, when the program ends and its drivers are still loaded: a driver that is unloaded
 * while its threads work ends the process with a signal. Blocks: waits for the GPU. Errors: none. */
zcg_status zcg_process_end(zcg_error *ZCG_NULLABLE err);

/* -- Diagnostics ----------------------------------------------------------------------- */

/* How many handles of each kind live: for tests of leaks. */
typedef struct {
  uint32_t texts;
  uint32_t contexts;
  uint32_t scenes;
  uint32_t frames;
  uint32_t mappings;
  uint32_t references;
  uint32_t leases;
  uint32_t pools;
  uint32_t audios;
  uint32_t renderers;
  uint32_t decoders;
  uint32_t pipelines;
  uint32_t videos;
  uint32_t video_frames;
  uint32_t planes;
  uint32_t dmabufs;
} zcg_census;

/* Never blocks. Errors: INVALID_ARGUMENT. */
zcg_status zcg_census_get(zcg_census *ZCG_NULLABLE census, zcg_error *ZCG_NULLABLE err);

/* A JSON object: whether acquisitions are traced, how many traces are kept, and under "live" every
 * handle that lives: kind, handle, context, generation, size, bytes, who holds it, and where it was
 * acquired. Calls no driver, waits for nobody. Errors: INVALID_ARGUMENT. */
zcg_status zcg_live_describe(zcg_text *ZCG_NULLABLE json, zcg_error *ZCG_NULLABLE err);

/* Whether the process keeps where handles were acquired: 1, or 0. Off unless ZCGPU_DEBUG is set.
 * Never blocks. Errors: INVALID_ARGUMENT. */
zcg_status zcg_trace_get(int32_t *ZCG_NULLABLE on, zcg_error *ZCG_NULLABLE err);
/* Turns it on; or off, which forgets all that was kept. Never blocks. Errors: none. */
zcg_status zcg_trace_set(int32_t on, zcg_error *ZCG_NULLABLE err);
/* Says where a handle was acquired, a traceback say; kept as long as the handle lives, and not at
 * all while tracing is off. Never blocks. Errors: INVALID_ARGUMENT, STALE_HANDLE. */
zcg_status zcg_trace_note(zcg_noun noun, uint64_t handle, const char *ZCG_NULLABLE text,
                          size_t length, zcg_error *ZCG_NULLABLE err);

#ifdef __cplusplus
}
#endif
#endif

import CAV
import Glibc
import ZCCore

/// Interleaved samples that grow as they are decoded.
@safe struct SoundMemory: ~Copyable {
  private var start: UnsafeMutableRawPointer?
  private var capacity = 0
  private var count = 0

  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

  /// Appends a piece, whose planes become interleaved.
  /// - Throws: `media` for more than fits, `outOfMemory`; nothing has changed then.
  mutating func append(
    _ piece: zcav_sound_facts, _ layout: SoundTrack.Layout, mostSamples: Int, of path: MediaPath
  ) throws(ZCError) {
    let size = layout.format.byteCount
    let step = size * layout.channels
    let length = unsafe max(0, Int(piece.count))
    guard count / step + length <= mostSamples / layout.channels else {
      throw .media(
        "\(path.name): the sound is longer than \(mostSamples) samples of all channels together")
    }
    try reserve(count + length * step)
    guard let planes = unsafe piece.planes, let start = unsafe start else { return }
    let target = unsafe start + count
    if unsafe Int(piece.plane_count) == layout.channels, layout.channels > 1 {
      for channel in 0..<layout.channels {
        guard let plane = unsafe planes[channel] else { continue }
        for index in 0..<length {
          unsafe (target + index * step + channel * size)
            .copyMemory(from: plane + index * size, byteCount: size)
        }
      }
    } else if let plane = unsafe planes[0] {
      unsafe target.copyMemory(from: plane, byteCount: length * step)
    }
    count += length * step
  }

  private mutating func reserve(_ wanted: Int) throws(ZCError) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2, 1 << 16)
    guard let moved = unsafe realloc(start, larger) else {
      throw .outOfMemory("no memory for \(larger) bytes of sound")
    }
    unsafe start = moved
    capacity = larger
  }

  deinit { unsafe free(start) }
}

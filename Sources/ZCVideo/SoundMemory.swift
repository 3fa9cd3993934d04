import CAV
import Glibc
import ZCCore

/// Interleaved samples that grow as they are decoded.
@safe struct SoundMemory: ~Copyable {
  private var start: UnsafeMutableRawPointer?
  private var capacity = 0
  private var count = 0
  /// So many samples of each channel are left out before the next one.
  private var surplus = 0

  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

  var isEmpty: Bool { count == 0 }

  /// Appends a piece, whose planes become interleaved.
  /// - Throws: `media` for more than fits, `outOfMemory`; nothing has changed then.
  mutating func append(
    _ piece: zcav_sound_facts, _ layout: SoundTrack.Layout, mostSamples: Int, of path: MediaPath
  ) throws(ZCError) {
    let size = layout.format.byteCount
    let step = size * layout.channels
    let whole = unsafe max(0, Int(piece.count))
    let skipped = min(surplus, whole)
    let length = whole - skipped
    try reserve(length, layout, mostSamples: mostSamples, of: path)
    surplus -= skipped
    guard let planes = unsafe piece.planes, let start = unsafe start else { return }
    let target = unsafe start + count
    if unsafe Int(piece.plane_count) == layout.channels, layout.channels > 1 {
      for channel in 0..<layout.channels {
        guard let plane = unsafe planes[channel] else { continue }
        for index in 0..<length {
          unsafe (target + index * step + channel * size)
            .copyMemory(from: plane + (skipped + index) * size, byteCount: size)
        }
      }
    } else if let plane = unsafe planes[0] {
      unsafe target.copyMemory(from: plane + skipped * step, byteCount: length * step)
    }
    count += length * step
  }

  /// What comes next is heard so many samples later, after silence; or earlier, where that is below 0:
  /// so many samples of it are left out. To the nearest sample.
  /// - Throws: as ``append(_:_:mostSamples:of:)``.
  mutating func shift(
    by samples: Double, _ layout: SoundTrack.Layout, mostSamples: Int, of path: MediaPath
  ) throws(ZCError) {
    let nearest = Int(min(max(samples.rounded(), -1e18), 1e18))
    surplus = max(0, -nearest)
    let silent = max(0, nearest)
    try reserve(silent, layout, mostSamples: mostSamples, of: path)
    guard let start = unsafe start else { return }
    let length = silent * layout.format.byteCount * layout.channels
    unsafe (start + count)
      .initializeMemory(as: UInt8.self, repeating: layout.format.silentByte, count: length)
    count += length
  }

  /// Makes room for so many samples of each channel.
  private mutating func reserve(
    _ samples: Int, _ layout: SoundTrack.Layout, mostSamples: Int, of path: MediaPath
  ) throws(ZCError) {
    let step = layout.format.byteCount * layout.channels
    guard count / step + samples <= mostSamples / layout.channels else {
      throw .media(
        "\(path.name): the sound is longer than \(mostSamples) samples of all channels together")
    }
    let wanted = count + samples * step
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

import CAV
import ZCCore

/// A video's file and decoder, and where in the video they are. One thread at a time.
///
/// A frame is known by its number: the first is 0, in the order in which frames are shown. As long as
/// frames are asked for one after the other they are counted, and nothing else is needed. Whatever
/// else is asked for wants the index.
final class VideoSource {
  let path: MediaPath
  let library: MediaLibrary
  let stream: StreamDescription
  let threads: Int32
  let road: FrameRoad
  private var lent = LentPictures()
  private var decoders = 1
  /// What the decoder's surfaces are like.
  private var surface: (width: Int, height: Int, format: String)?
  /// How far apart frames without times are taken to be, in the time base.
  let step: Int64
  var statistics = VideoStatistics()
  var reader: FrameReader
  /// The number of what the decoder gives next; nil where only the index can tell.
  var next: Int? = 0
  /// Decoded, and not asked for yet: of number `next`.
  var ahead: DecodedPicture?
  /// What failed since decoding went there. Failures come in the order of decoding: what one is of
  /// shows only when a frame does not come.
  var failure: ZCError?
  /// Frames that were asked for and could not be decoded.
  var damage: (numbers: Range<Int>, error: ZCError)?
  var index: FrameIndex?
  /// What is made into an index, and goes on in the next call.
  var packetPass: PacketPass?
  var decodingPass: DecodingPass?
  let patience: Patience
  /// Pictures that are not whole are handed out.
  let showsDamage: Bool
  /// When whoever calls wants to be asked again.
  var deadline: Double?
  /// How many frames there are, once decoding has counted them.
  var counted: Int?
  /// Why there are no more frames than that, where it is a failure.
  var ending: ZCError?
  /// A seek to the time when a packet is shown leads too far here.
  var seeksLate = false
  /// When the first frame is shown.
  var first: Int64?
  /// Of the frames that were counted.
  var times: PresentationTimes

  /// So many frames are decoded and dropped before anybody asks the index where they are.
  private static let reach = 16

  init(
    _ media: consuming MediaReader, _ stream: StreamDescription, threads: Int32, _ road: FrameRoad,
    _ patience: Patience, showsDamage: Bool
  ) throws(ZCError) {
    path = media.path
    library = media.library
    self.stream = stream
    self.threads = threads
    step = stream.ticksPerFrame
    times = PresentationTimes(step: step)
    self.road = road
    self.patience = patience
    self.showsDamage = showsDamage
    reader = try FrameReader(
      media, stream: stream.index, threads: threads, backend: road.backend)
    try prove()
  }

  /// Decodes the first picture, and looks at it, where a device is to: so that one that cannot is
  /// known at once.
  private func prove() throws(ZCError) {
    defer { noteBackend() }
    guard let device = reader.backend.device else { return }
    switch try reader.next() {
    case .picture(let picture):
      statistics.decoded += 1
      guard let failure = picture.unusable else {
        ahead = consume picture
        return
      }
      guard reader.backend.isOptional else { throw failure.by(device) }
      try reader.leaveDevice(because: failure.description, again: true)
    case .end: try reader.rewind()
    case .exhausted: try reader.rewind()
    case .failure(let error):
      if let refusal = reader.refusal, refusal == error { throw refusal.by(device) }
      try reader.rewind()
    }
  }

  /// What was decoded to see whether the device can, if it is still to be shown.
  func firstFrame() throws(ZCError) -> VideoFrame? {
    guard next == 0, let picture = try ahead?.shared() else { return nil }
    let facts = VideoFrameFacts(picture, of: stream, number: 0, seconds: 0)
    return try VideoFrame(picture, facts, road)
  }

  deinit {
    if !Guards.keep(.pictures) { lent.revoke() }
  }

  private func noteBackend() {
    if decoders != reader.decoders {
      decoders = reader.decoders
      road.changePool()
    }
    if road.backend != reader.backend { road.changeBackend(reader.backend) }
  }

  /// A frame; nil beyond the last.
  /// - Throws: `media` for one that cannot be decoded, or, after the last, where the file is cut.
  func frame(_ number: Int) throws(ZCError) -> VideoFrame? {
    if let damage, damage.numbers.contains(number) { throw damage.error }
    if index == nil, let next, number >= next, number - next <= Self.reach {
      switch try count(to: number) {
      case .frame(let frame): return frame
      case .end: return try beyond(number, counted ?? 0)
      case .lost: break
      }
    }
    let index = try knownIndex()
    guard number < index.count else { return try beyond(number, index.count) }
    if let frame = try reach(number, index) { return frame }
    // Packets promised a frame that does not come.
    guard index.kind == .packets else {
      throw .media("\(path.name): frame \(number) does not come a second time")
    }
    try indexByDecoding()
    return try frame(number)
  }

  private enum Count {
    case frame(VideoFrame)
    case end
    /// Something could not be decoded: how many frames that was, the index must tell.
    case lost
  }

  /// Decodes on, counting.
  private func count(to number: Int) throws(ZCError) -> Count {
    while let current = next {
      switch try pull() {
      case .picture(let picture):
        let time = times.add(picture.time)
        if current == 0 { first = time }
        next = current + 1
        if current == number { return .frame(try frame(picture, number, shownAt: time)) }
        statistics.dropped += 1
      case .end:
        counted = current
        if reader.breakage != nil || isCut(reader.packetCount) { ending = cut(reader.breakage) }
        return .end
      case .failure:
        next = nil
      case .exhausted:
        next = nil
      }
    }
    return .lost
  }

  /// What comes next, from what was decoded ahead or from the decoder.
  func pull() throws(ZCError) -> FrameReader.Step {
    if let ahead = ahead.take() { return .picture(ahead) }
    defer { noteBackend() }
    while true {
      switch try reader.next() {
      case .picture(let picture):
        statistics.decoded += 1
        return .picture(picture)
      case .failure(let error):
        statistics.failures += 1
        failure = error
        return .failure(error)
      case .end: return .end
      case .exhausted(let error):
        if road.emptyCaches() { continue }
        try lent.makeRoom(error, allowsCopies: road.allowsCopies)
      }
    }
  }

  /// nil, once it is told why the file ends where it does.
  private func beyond(_ number: Int, _ count: Int) throws(ZCError) -> VideoFrame? {
    if number == count, let ending { throw ending }
    return nil
  }

  /// - Throws: `media` for one that is damaged.
  func frame(_ picture: consuming DecodedPicture, _ number: Int, shownAt time: Int64)
    throws(ZCError) -> VideoFrame
  {
    let seconds = stream.timeBase.times(time - (first ?? time))
    if let reason = refusal(of: picture, place(number, seconds)) { throw reason }
    let facts = VideoFrameFacts(picture, of: stream, number: number, seconds: seconds)
    if picture.isOnDevice { noteSurface(facts) }
    let frame = try VideoFrame(picture, facts, road)
    lent.add(frame)
    return frame
  }

  /// Pictures of another kind are in other surfaces.
  private func noteSurface(_ facts: VideoFrameFacts) {
    let now = (width: facts.width, height: facts.height, format: facts.pixelFormat)
    if let surface, surface != now { road.changePool() }
    surface = now
  }

  /// "frame 12, at 0.48 s".
  func place(_ number: Int, _ seconds: Double) -> String {
    let thousandths = (seconds * 1000).rounded()
    let shown = thousandths.magnitude < 1e15 ? "\(thousandths / 1000)" : "\(seconds)"
    return "frame \(number), at \(shown) s"
  }

  /// Why a picture is not handed out, where it is not.
  func refusal(of picture: borrowing DecodedPicture, _ place: @autoclosure () -> String) -> ZCError?
  {
    guard !showsDamage, !picture.isWhole else { return nil }
    let place = place()
    return picture.isDamaged
      ? .media(
        "\(path.name): the data of \(place), is damaged: parts of the picture would be made up")
      : .media(
        "\(path.name): \(place), is decoded from damaged data before it, whose traces it may show;"
          + " the next key frame is whole again")
  }

  /// A container that counts its packets has fewer than it says.
  func isCut(_ packetCount: Int?) -> Bool {
    guard let packetCount else { return false }
    return packetCount < stream.listedCount
  }

  func cut(_ breakage: ZCError?) -> ZCError {
    breakage ?? .media("\(path.name): the file ends before its last frame")
  }
}

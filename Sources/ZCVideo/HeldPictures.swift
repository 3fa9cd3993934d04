/// Pictures that have come out, until it is known whether what they may refer to is whole.
///
/// A picture that is shown before one that it refers to comes out before it: a B-frame before the
/// P-frame behind it. Whether that one is damaged shows when it comes out.
struct HeldPictures {
  /// One of them, or one that was given on.
  final class Held {
    private var picture: DecodedPicture?
    /// The packet that it was decoded from.
    let packet: Int
    /// Where it is in the order of decoding.
    let place: Int
    /// Which of its packet's pictures it is, from 1 on.
    let turn: Int
    /// It is decoded for others, and not shown.
    let isHidden: Bool

    init(_ picture: consuming DecodedPicture, place: Int, turn: Int, isHidden: Bool) {
      packet = picture.packet
      self.picture = consume picture
      self.place = place
      self.turn = turn
      self.isHidden = isHidden
    }

    func take() -> DecodedPicture? { picture.take() }
  }

  private var held: [Held] = []

  /// The packet of the next one, in the order in which they are shown.
  var nextPacket: Int? { held.first?.packet }

  mutating func hold(
    _ picture: consuming DecodedPicture, place: Int, turn: Int, isHidden: Bool
  ) {
    held.append(Held(picture, place: place, turn: turn, isHidden: isHidden))
  }

  /// The next one.
  mutating func take() -> Held? { held.isEmpty ? nil : held.removeFirst() }

  /// Drops those of that packet and later ones, which come again.
  mutating func drop(from packet: Int) { held.removeAll { $0.packet >= packet } }

  mutating func clear() { held = [] }
}

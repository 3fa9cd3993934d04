/// Who has the textures of a pool, each at a place of its own: found without a search.
struct HolderTable: Sendable {
  private var places: [Holder?] = []
  private var free: [Int] = []

  /// Takes a place.
  mutating func insert(_ holder: Holder) -> Int {
    guard let place = free.popLast() else {
      places.append(holder)
      return places.count - 1
    }
    places[place] = holder
    return place
  }

  /// Who is at a place, if anybody is; nobody comes to a place by this.
  subscript(place: Int) -> Holder? {
    get { places.indices.contains(place) ? places[place] : nil }
    set { if places.indices.contains(place), places[place] != nil { places[place] = newValue } }
  }

  /// Gives a place up.
  /// - Returns: who was there.
  mutating func remove(_ place: Int) -> Holder? {
    guard places.indices.contains(place), let holder = places[place] else { return nil }
    places[place] = nil
    free.append(place)
    return holder
  }

  var all: [Holder] { places.compactMap(\.self) }
}

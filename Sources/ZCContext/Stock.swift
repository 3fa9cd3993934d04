import ZCCore

/// The textures of one pool, and who has them: what is taken here comes back here.
///
/// Each generation of the context starts with empty books: the textures of an ended one ended with
/// it. Any thread may drop a texture or ask for figures; the rest wants the context's turn.
final class Stock: Sendable {
  typealias Ledger = PoolLedger<TextureRecord.Descriptor, TextureRecord>

  private struct Books: Sendable {
    var generation = Generation.first
    var ledger: Ledger
    var holders = HolderTable()
  }

  /// Where the books have a texture that is held.
  struct Entry: Sendable {
    let term: Ledger.Term
    let place: Int
  }

  /// What became of a wish for a texture.
  enum Taking: Sendable {
    case reused(TextureRecord, Entry)
    /// A new one may be made once these are deleted: for ``note(_:at:_:)``, or ``giveUp(_:at:_:)``.
    case room(Entry, evicted: [TextureRecord])
    case full
    case never

    var isFull: Bool { if case .full = self { true } else { false } }
  }

  private let budget: Int
  private let idleBudget: Int
  private let epoch = ForkEpoch.current
  private let books: Lock<Books>

  /// - Parameter budget: bytes, of which all may lie idle; nil is what a context has that was not told.
  init(budget: Int?) {
    self.budget = budget ?? MachineMemory.poolBudget
    idleBudget = budget ?? Stock.idleBudget
    books = Lock(Books(ledger: Ledger(budget: self.budget, idleBudget: idleBudget)), rank: .frame)
  }

  /// Bytes that may lie idle in the pool of a context that was not told its budget.
  static let idleBudget = 256 << 20

  /// Takes an idle texture, or finds room for a new one. In the turn.
  func take(_ descriptor: TextureRecord.Descriptor, _ holder: Holder, in generation: Generation)
    -> Taking
  {
    books.withLock { books in
      if !books.generation.isUsable(in: generation) {
        books = Books(
          generation: generation, ledger: Ledger(budget: budget, idleBudget: idleBudget))
      }
      switch books.ledger.take(descriptor, bytes: descriptor.bytes) {
      case .reused(let record, let term):
        var holder = holder
        holder.record = record
        return .reused(record, Entry(term: term, place: books.holders.insert(holder)))
      case .room(let term, let evicted):
        return .room(
          Entry(term: term, place: books.holders.insert(holder)), evicted: evicted)
      case .full: return .full
      case .never: return .never
      }
    }
  }

  /// The texture that room was found for has been made.
  func note(_ record: TextureRecord, at entry: Entry, _ current: borrowing Current) {
    with(current.generation) { $0.holders[entry.place]?.record = record }
  }

  /// The texture that room was found for has not been made.
  func giveUp(
    _ descriptor: TextureRecord.Descriptor, at entry: Entry, _ current: borrowing Current
  ) {
    with(current.generation) { books in
      books.ledger.giveUp(bytes: descriptor.bytes, from: entry.term)
      _ = books.holders.remove(entry.place)
    }
  }

  /// A frame's lease has the texture: its holds say who has it.
  func lend(_ entry: Entry, to lease: Lease) {
    with(lease.generation) { $0.holders[entry.place]?.lease = lease }
  }

  /// The texture's owner let go of it: it waits for the work that last used it.
  func retire(
    _ record: TextureRecord, at entry: Entry, of generation: Generation, to graveyard: Graveyard
  ) {
    // After a fork the lock may be held by a thread that is not there.
    guard epoch.isCurrent else { return }
    // Under the lock: what the books call retiring, the graveyard has.
    let gone = with(generation) { books in
      books.ledger.retire(bytes: record.bytes, from: entry.term)
      graveyard.bury(.texture(record, of: self, from: entry.term), from: generation)
      return books.holders.remove(entry.place)
    }
    _ = consume gone
  }

  /// The GPU has finished with a retired texture: it is kept for its next use, as far as the budget
  /// goes.
  func finish(_ record: TextureRecord, from term: Ledger.Term, _ current: borrowing Current) {
    delete(current) {
      $0.finish(record, as: record.descriptor, bytes: record.bytes, from: term)
    }
  }

  /// Deletes what is idle.
  /// - Returns: how many those were.
  @discardableResult
  func purge(_ current: borrowing Current) -> Int { delete(current) { $0.purge() } }

  /// Makes what is idle one older, and deletes what has lain idle for more than `limit` calls.
  /// - Returns: how many those were.
  func age(limit: Int, _ current: borrowing Current) -> Int {
    delete(current) { $0.age(limit: limit) }
  }

  /// What is held stays with its holders, and is deleted when they let go of it.
  func orphan(_ current: borrowing Current) {
    let held = with(current.generation) { books in
      books.ledger.orphan()
      return Guards.keep(.holders) ? [] : books.holders.all.compactMap(\.record)
    }
    for record in held ?? [] { record.delete(current) }
  }

  /// Nobody takes from here any more: what is idle, and what comes back, is deleted.
  func close(_ graveyard: Graveyard) {
    guard epoch.isCurrent else { return }
    books.withLock { books in
      for record in books.ledger.close() { graveyard.bury(.idle(record), from: books.generation) }
    }
  }

  /// The figures of a generation, or of none.
  func statistics(of generation: Generation?) -> PoolStatistics {
    generation.flatMap { with($0) { $0.ledger.statistics } } ?? PoolStatistics(budget: budget)
  }

  /// Who holds what in a generation, the largest first.
  func holdings(of generation: Generation) -> [Holding] {
    // Leases are asked after the lock.
    Holding.grouped((with(generation) { $0.holders.all } ?? []).compactMap(Holding.init))
  }

  /// Deletes what leaves the books.
  /// - Returns: how many those were.
  @discardableResult
  private func delete(_ current: borrowing Current, _ leaving: (inout Ledger) -> [TextureRecord])
    -> Int
  {
    let leaving = with(current.generation) { leaving(&$0.ledger) } ?? []
    for record in leaving {
      current.record(.poolEvict, record)
      record.delete(current)
    }
    return leaving.count
  }

  /// Nil where the books are of another generation: there is nothing of that one in them.
  @discardableResult
  private func with<R: Sendable>(_ generation: Generation, _ body: (inout Books) -> R) -> R? {
    books.withLock { $0.generation.isUsable(in: generation) ? body(&$0) : nil }
  }
}

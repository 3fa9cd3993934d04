import Testing
import ZCCore

@Suite("RoleLedger")
struct RoleLedgerTests {
  @Test("a ledger begins with one hold of its first role", arguments: Role.allCases)
  func begins(first: Role) {
    let ledger = RoleLedger(first)
    for role in Role.allCases { #expect(ledger[role] == (role == first ? 1 : 0)) }
    #expect(!ledger.isClosed)
  }

  @Test("a role that holds nothing takes nothing from another")
  func notHeld() {
    var ledger = RoleLedger(.decoder)
    #expect(ledger.release(.gpu) == .notHeld)
    #expect(ledger[.decoder] == 1)
    #expect(ledger.release(.decoder) == .last)
    #expect(ledger.release(.decoder) == .notHeld)
  }

  @Test("only the last hold of the last role is the last")
  func last() {
    var ledger = RoleLedger(.renderer)
    ledger.acquire(.renderer)
    ledger.acquire(.cache)
    #expect(ledger.release(.renderer) == .othersRemain)
    #expect(ledger.release(.renderer) == .othersRemain)
    #expect(ledger.release(.cache) == .last)
    #expect(ledger.isClosed)
  }
}

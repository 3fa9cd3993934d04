public import CZCGPU
import ZCContext
import ZCCore

@c @implementation
public func zcg_pool_create(
  _ context: zcg_context, _ budget: UInt64, _ pool: UnsafeMutablePointer<zcg_pool>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let pool = try unsafe pool.required("pool")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    guard budget > 0 else { throw .invalidArgument("a pool's budget is bytes, 1 or more") }
    let made = try Pool(of: object, budget: Int(clamping: budget))
    unsafe pool.pointee.bits = try Handles.pools.insert(made)
  }
}

@c @implementation
public func zcg_pool_acquire_own(
  _ context: zcg_context, _ pool: UnsafeMutablePointer<zcg_pool>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let pool = try unsafe pool.required("pool")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe pool.pointee.bits = try Handles.pools.insert(Pool(of: object))
  }
}

@c @implementation
public func zcg_pool_destroy(
  _ pool: UnsafeMutablePointer<zcg_pool>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let pool = try unsafe pool.required("pool")
    try unsafe Handles.pools.remove(&pool.pointee.bits)
  }
}

@c @implementation
public func zcg_pool_take_frame(
  _ pool: zcg_pool, _ request: UnsafePointer<zcg_pool_request>?,
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let block = try unsafe request.required("request")
    let frame = try unsafe frame.required("frame")
    let object: Pool = try Handles.pools.object(pool.bits)
    let request = unsafe block.pointee
    try unsafe checkSize(request.struct_size, of: zcg_pool_request.self)
    let format: PixelFormat =
      unsafe request.format.rawValue == 0 ? .rgba8 : try PixelFormat(request.format)
    let extent = try unsafe Extent(
      width: request.width, height: request.height, limit: object.context.maxTextureSize)
    let label = unsafe String(decoding: bytes(request.label, request.label_length), as: UTF8.self)
    let taken = try object.frame(extent, format, label: label.isEmpty ? nil : label)
    unsafe frame.pointee.bits = try Handles.frames.insert(taken)
  }
}

@c @implementation
public func zcg_pool_get_statistics(
  _ pool: zcg_pool, _ statistics: UnsafeMutablePointer<zcg_pool_statistics>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let statistics = try unsafe statistics.required("statistics")
    let object: Pool = try Handles.pools.object(pool.bits)
    try unsafe checkSize(statistics.pointee.struct_size, of: zcg_pool_statistics.self)
    let figures = try zcg_pool_statistics(object.statistics())
    unsafe statistics.pointee = figures
  }
}

@c @implementation
public func zcg_pool_describe_holdings(
  _ pool: zcg_pool, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: Pool = try Handles.pools.object(pool.bits)
    let report = JSONText.array(try object.holdings().map(\.report))
    unsafe json.pointee = try Text.handle(report.text)
  }
}

@c @implementation
public func zcg_pool_housekeep(
  _ pool: zcg_pool, _ deleted: UnsafeMutablePointer<UInt64>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let deleted = try unsafe deleted.required("deleted")
    let object: Pool = try Handles.pools.object(pool.bits)
    unsafe deleted.pointee = UInt64(clamping: try object.housekeep())
  }
}

@c @implementation
public func zcg_pool_purge(
  _ pool: zcg_pool, _ deleted: UnsafeMutablePointer<UInt64>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let deleted = try unsafe deleted.required("deleted")
    let object: Pool = try Handles.pools.object(pool.bits)
    unsafe deleted.pointee = UInt64(clamping: try object.purge())
  }
}

@c @implementation
public func zcg_pool_clean_up(_ pool: zcg_pool, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Pool = try Handles.pools.object(pool.bits)
    try object.cleanUp()
  }
}

@c @implementation
public func zcg_pool_force_clean_up(_ pool: zcg_pool, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Pool = try Handles.pools.object(pool.bits)
    try object.forceCleanUp()
  }
}

extension zcg_pool_statistics {
  fileprivate init(_ figures: PoolStatistics) {
    self.init()
    struct_size = UInt32(MemoryLayout<Self>.size)
    budget = UInt64(clamping: figures.budget)
    live_count = UInt64(clamping: figures.live.count)
    live_bytes = UInt64(clamping: figures.live.bytes)
    orphaned_count = UInt64(clamping: figures.orphaned.count)
    orphaned_bytes = UInt64(clamping: figures.orphaned.bytes)
    retiring_count = UInt64(clamping: figures.retiring.count)
    retiring_bytes = UInt64(clamping: figures.retiring.bytes)
    idle_count = UInt64(clamping: figures.idle.count)
    idle_bytes = UInt64(clamping: figures.idle.bytes)
    hits = UInt64(clamping: figures.hits)
    misses = UInt64(clamping: figures.misses)
    evictions = UInt64(clamping: figures.evictions)
    peak_bytes = UInt64(clamping: figures.peakBytes)
  }
}

public import CZCGPU
import ZCContext
import ZCCore
import ZCGL

@c @implementation
public func zcg_context_create(
  _ options: UnsafePointer<zcg_context_options>?, _ context: UnsafeMutablePointer<zcg_context>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let context = try unsafe context.required("context")
    Settings.begin()
    let search = unsafe try DriverSearch(options?.pointee)
    let budget = unsafe options?.pointee.pool_budget ?? 0
    let made = try GPUContext(poolBudget: budget == 0 ? nil : Int(clamping: budget)) {
      () throws(ZCError) in try search.find()
    }
    Mortuary.shared.bury()
    unsafe context.pointee.bits = try Handles.contexts.insert(made)
  }
}

@c @implementation
public func zcg_context_close(_ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.close()
  }
}

@c @implementation
public func zcg_context_destroy(
  _ context: UnsafeMutablePointer<zcg_context>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let context = try unsafe context.required("context")
    try unsafe Handles.contexts.remove(&context.pointee.bits)
  }
}

@c @implementation
public func zcg_context_is_open(
  _ context: zcg_context, _ open: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let open = try unsafe open.required("open")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe open.pointee = object.isOpen ? 1 : 0
  }
}

@c @implementation
public func zcg_context_check(_ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.checkOpen()
  }
}

extension Handles {
  /// The context that options name, if they name one.
  /// - Throws: `staleHandle`; `closed`; `forked`.
  static func context(named context: zcg_context?) throws(ZCError) -> GPUContext? {
    guard let context, context.bits != 0 else { return nil }
    let object: GPUContext = try contexts.object(context.bits)
    try object.checkOpen()
    return object
  }
}

@c @implementation
public func zcg_context_describe(
  _ context: zcg_context, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe json.pointee = try Text.handle(object.description.text)
  }
}

@c @implementation
public func zcg_context_validate(
  _ context: zcg_context, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe json.pointee = try Text.handle(object.report.text)
  }
}

@c @implementation
public func zcg_context_reinitialize(
  _ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.reinitialize()
  }
}

@c @implementation
public func zcg_context_simulate_loss(
  _ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.simulateLoss()
  }
}

@c @implementation
public func zcg_context_begin_batch(
  _ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.beginBatch()
  }
}

@c @implementation
public func zcg_context_begin_batch_at_once(
  _ context: zcg_context, _ begun: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let begun = try unsafe begun.required("begun")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe begun.pointee = try object.beginBatchAtOnce() ? 1 : 0
  }
}

@c @implementation
public func zcg_context_make_current(
  _ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.makeCurrent()
  }
}

@c @implementation
public func zcg_context_make_current_at_once(
  _ context: zcg_context, _ done: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let done = try unsafe done.required("done")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe done.pointee = try object.makeCurrentAtOnce() ? 1 : 0
  }
}

@c @implementation
public func zcg_context_end_batch(_ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.endBatch()
  }
}

@c @implementation
public func zcg_platform_describe(
  _ json: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    unsafe json.pointee = try Text.handle(PlatformReport.survey().text)
  }
}

extension DriverSearch {
  fileprivate init(_ options: zcg_context_options?) throws(ZCError) {
    guard let options else {
      self.init()
      return
    }
    try checkSize(options.struct_size, of: zcg_context_options.self)
    let wish: ContextVersion.Wish
    switch options.dialect {
    case ZCG_DIALECT_AUTO: wish = .auto
    case ZCG_DIALECT_GL: wish = .gl
    case ZCG_DIALECT_ES: wish = .es
    default: throw .invalidArgument("there is no dialect \(options.dialect.rawValue)")
    }
    guard options.device >= 0 else {
      throw .invalidArgument("device is the index of an EGL device, 0 or more")
    }
    self.init(
      wish: wish, device: options.device == 0 ? nil : Int(options.device) - 1,
      highest: options.major_version == 0
        ? nil : (options.major_version, options.minor_version))
  }
}

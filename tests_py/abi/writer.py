"""Writes calls.h, which the driver includes: a function for each of zcgpu.h that calls it."""

from collections.abc import Iterator

from abi.header import Function, Header, Variable

MAPPING = "mapping"
"""A kind of handle that is a plain number in the header."""

ENDS = {"destroy", "release", "pass"}
"""Verbs whose first parameter is a handle to be given back."""

SHAPES = {
    "zcg_pixels": "shape_pixels(c, block);",
    "zcg_destination": "shape_destination(c, block);",
    "zcg_cube_faces": "shape_faces(c, block);",
    "zcg_render_options": "shape_values(c, block);",
    "zcg_samples": "shape_samples(c, block);",
    "zcg_video_options": "shape_film(c, block);",
    "zcg_decoder_options": "if (below(c, 2)) shape_decoder(block);",
    "zcg_packet": "shape_packet(c, block);",
    "zcg_pool_request": "keep_small(&block->width, &block->height);",
}
"""What makes the fields of a block hang together."""

WEIGHTS = {
    # These open drivers, or end what the others work with.
    "zcg_context_create": 4,
    "zcg_context_create_borrowed": 40,
    "zcg_context_close": 2,
    "zcg_context_destroy": 2,
    "zcg_context_reinitialize": 6,
    "zcg_context_simulate_loss": 3,
    "zcg_platform_describe": 1,
    "zcg_process_end": 2,
    "zcg_flight_start": 5,
    # These compile, or take text apart.
    "zcg_scene_create": 20,
    "zcg_scene_destroy": 10,
    "zcg_scene_reload": 60,
    "zcg_source_describe": 40,
    "zcg_source_translate": 40,
    "zcg_source_check": 40,
    "zcg_source_convert_shadertoy": 40,
    # These want a borrowed context that is current, and a frame of it.
    "zcg_renderer_create": 40,
    "zcg_renderer_draw": 40,
    "zcg_renderer_draw_video": 40,
    "zcg_pipeline_draw": 40,
    "zcg_renderer_get_statistics": 40,
    # These open files, start threads, or end what the others decode.
    "zcg_video_open": 60,
    "zcg_video_open_sound": 60,
    "zcg_video_close": 10,
    "zcg_video_destroy": 10,
    "zcg_decoder_create": 400,
    "zcg_decoder_close": 10,
    "zcg_decoder_destroy": 10,
    "zcg_pipeline_create": 400,
    "zcg_pipeline_close": 30,
    "zcg_pipeline_destroy": 10,
    # These seldom find what fits.
    "zcg_cube_create": 2000,
    "zcg_scene_set_import": 4000,
    # The longest road.
    "zcg_scene_render": 5000,
    "zcg_scene_render_into": 2000,
    # A batch that never ends lets nobody else draw.
    "zcg_context_end_batch": 3000,
}
"""How often a function is called, where that is not the ordinary 1000."""

LIKELY_TEXTS = {
    "zcg_audio_open": "hum.wav",
    "zcg_scene_copy_target": "kept",
    "zcg_scene_find_input": "level",
    "zcg_video_open": "film.y4m",
}
"""Texts that functions have a use for, of those that the driver knows: few others would do."""

SLOTS = {
    "zcg_context": 3,
    "zcg_scene": 8,
    "zcg_pool": 4,
    "zcg_video": 4,
    "zcg_decoder": 3,
    "zcg_pipeline": 3,
}
"""How many handles of a kind are remembered, where that is not all."""

MAY_HAVE_NONE = {
    "zcg_decoder_receive",
    "zcg_log_take",
    "zcg_pipeline_draw",
    "zcg_pipeline_get_past",
    "zcg_pipeline_show",
    "zcg_scene_copy_target",
    "zcg_video_acquire_frame",
}
"""What may succeed and have nothing to hand out."""

DESTROY = {
    "zcg_lease": "zcg_lease_release",
    "zcg_context": "zcg_context_destroy",
}


def calls(header: Header) -> str:
    """The text of calls.h."""
    return "\n".join(_lines(header)) + "\n"


def kinds(header: Header) -> str:
    """The kinds of handles, as the driver's enumeration lists them."""
    return "".join(f"{_kind(name)}, " for name in (*header.handles, f"zcg_{MAPPING}"))


def _kind(handle: str) -> str:
    return "KIND_" + handle.removeprefix("zcg_")


def _lines(header: Header) -> Iterator[str]:
    yield from _slots(header)
    for name, fields in header.blocks.items():
        if any(field.name == "struct_size" for field in fields) or name == "zcg_value":
            yield from _fill(header, name, fields)
    for function in header.functions:
        yield from _call(header, function)
    yield "static const struct {"
    yield "  const char *name;"
    yield "  uint64_t weight;"
    yield "  int (*call)(caller *c);"
    yield "} functions[] = {"
    total = 0
    for function in header.functions:
        weight = WEIGHTS.get(function.name, 1000)
        total += weight
        yield f'    {{"{function.name}", {weight}, call_{function.name}}},'
    yield "};"
    yield f"enum {{ FUNCTIONS = {len(header.functions)}, WEIGHTS = {total} }};"


def _slots(header: Header) -> Iterator[str]:
    yield "static int slots_of(kind k) {"
    for handle, count in SLOTS.items():
        yield f"  if (k == {_kind(handle)}) return {count};"
    yield "  return SLOTS;"
    yield "}"
    yield "static void destroy(kind k, uint64_t bits) {"
    yield "  if (!bits) return;"
    for handle in header.handles:
        release = DESTROY.get(handle, f"{handle}_destroy")
        yield f"  if (k == {_kind(handle)}) {release}(&({handle}){{bits}}, NULL);"
    yield f"  if (k == KIND_{MAPPING}) zcg_frame_unmap(bits, NULL);"
    yield "}"


def _fill(header: Header, name: str, fields: tuple[Variable, ...]) -> Iterator[str]:
    """A function that fills a block: mostly what could be meant, else anything."""
    yield f"static void fill_{name}(caller *c, {name} *block) {{"
    yield "  memset(block, 0, sizeof *block);"
    yield "  if (below(c, 3)) {"
    for field, after in zip(fields, (*fields[1:], None), strict=True):
        place = f"block->{field.name}"
        if field.pointers:
            if field.base == "char" and after is not None:
                yield f"    {place} = any_text(c, &block->{after.name});"
        elif field.length and field.base == "double":
            yield f"    for (int i = 0; i < {field.length}; i++) {place}[i] = any_double(c);"
        elif field.length and field.base in header.handles:
            yield f"    for (int i = 0; i < {field.length}; i++)"
            yield f"      {place}[i] = {_any(header, field)};"
        elif field.length:
            yield f"    for (int i = 0; i < {field.length}; i++) {place}[i] = (char)any(c);"
        elif field.name.endswith("length"):
            pass
        else:
            yield f"    {place} = {_any(header, field)};"
    yield "  }"
    if any(field.name == "struct_size" for field in fields):
        yield "  if (below(c, 16)) block->struct_size = sizeof *block;"
    if any(field.name == "width" for field in fields):
        yield "  if (below(c, 2)) block->width = 8, block->height = 8;"
    if name == "zcg_scene_source":
        yield "  if (below(c, 4)) block->vertex = NULL;"
    if name in SHAPES:
        yield f"  {SHAPES[name]}"
    yield "}"


def _any(header: Header, variable: Variable) -> str:
    """An expression of any value of a variable's type."""
    base = variable.base
    if base in header.handles:
        return f"({base}){{any_handle(c, {_kind(base)})}}"
    if variable.name == MAPPING:
        return f"any_handle(c, KIND_{MAPPING})"
    if variable.name == "handle":
        return "any_handle(c, (kind)below(c, KINDS))"
    if variable.name in ("input", "index", "number"):
        return f"({base})(below(c, 4) ? (int64_t)below(c, 3) : any_integer(c))"
    if base in header.enums:
        return f"({base})(below(c, 8) ? (int64_t)below(c, 8) : any_integer(c))"
    if base == "double":
        return "any_double(c)"
    return f"({base})any_integer(c)"


def _call(header: Header, function: Function) -> Iterator[str]:
    """A function that calls another with anything, and checks what comes back."""
    before: list[str] = []
    after: list[str] = []
    arguments: list[str] = []
    takes_text: str | None = None
    following = [it.name for it in function.parameters[1:]] + [""]
    for index, it in enumerate(function.parameters):
        name = it.name
        if it.base == "zcg_error":
            before.append("zcg_error space, *report = any_report(c, &space);")
            arguments.append("report")
        elif takes_text:
            arguments.append(takes_text)
            takes_text = None
        elif it.is_const and it.base == "char" and it.pointers == 1:
            takes_text = f"{name}_length"
            before.append(f"size_t {takes_text};")
            likely = LIKELY_TEXTS.get(function.name)
            text = f'likely_text(c, "{likely}",' if likely else "any_text(c,"
            before.append(f"const char *{name} = {text} &{takes_text});")
            arguments.append(name)
        elif it.is_const and it.pointers == 1 and following[index].endswith("count"):
            takes_text = f"{name}_number"
            one = f"{name}[i] = {_any(header, Variable(name, it.base))}"
            if it.base in header.blocks:
                one = f"fill_{it.base}(c, &{name}[i])"
            before.append(f"uint32_t {takes_text} = (uint32_t)below(c, 4);")
            before.append(f"{it.base} *{name} = hold(c, {takes_text} * sizeof *{name});")
            before.append(f"for (uint32_t i = 0; i < {takes_text}; i++) {one};")
            arguments.append(f"below(c, 16) ? {name} : NULL")
        elif it.pointers and it.is_const and it.base in header.blocks:
            before.append(f"{it.base} {name};")
            before.append(f"fill_{it.base}(c, &{name});")
            arguments.append(f"below(c, 16) ? &{name} : NULL")
        elif it.pointers:
            is_given_back = index == 0 and function.name.rsplit("_", 1)[1] in ENDS
            yield_before, yield_after = _result(header, it, function, is_given_back)
            before += yield_before
            after += yield_after
            arguments.append(f"p_{name}")
        else:
            arguments.append(_any(header, it))
    yield f"static int call_{function.name}(caller *c) {{"
    yield "  (void)c;"
    for line in before:
        yield f"  {line}"
    listed = ", ".join(arguments)
    if function.result != "zcg_status":
        yield f"  return {function.name}({listed}), ZCG_OK;"
    else:
        yield f"  zcg_status status = {function.name}({listed});"
        yield f'  check_report(c, "{function.name}", status, report);'
        for line in after:
            yield f"  {line}"
        yield "  return status;"
    yield "}"


def _result(
    header: Header, it: Variable, function: Function, is_given_back: bool
) -> tuple[list[str], list[str]]:
    """What stands before and after the call for a pointer that something comes back by."""
    name = it.name
    kind = f"const {it.base} *" if it.pointers == 2 else it.base
    before = [f"{kind} {name};", f"{kind} b_{name};"]
    if is_given_back:
        before.append(f"{name} = {_any(header, Variable(name, it.base))};")
    else:
        before.append(f"memset(&{name}, 0xA5, sizeof {name});")
    fields = header.blocks.get(it.base, ())
    if any(field.name == "struct_size" for field in fields):
        before.append(f"if (below(c, 8)) {name}.struct_size = sizeof {name};")
    before.append(f"memcpy(&b_{name}, &{name}, sizeof {name});")
    before.append(f"{kind} *p_{name} = below(c, 16) ? &{name} : NULL;")
    quoted = f'"{function.name}"'
    after = [f"check_untouched({quoted}, status, &{name}, &b_{name}, sizeof {name});"]
    if is_given_back:
        after.append(f"if (status == ZCG_OK && p_{name} && {name}.bits)")
        after.append(f'  fail({quoted}, "given back, and not zeroed");')
    elif it.base in header.handles:
        there = f" && {name}.bits" if function.name in MAY_HAVE_NONE else ""
        after.append(f"if (status == ZCG_OK{there})")
        after.append(f"  keep(c, {_kind(it.base)}, {name}.bits, {quoted});")
    elif name == MAPPING:
        after.append("if (status == ZCG_OK) look(data, length);")
        after.append(f"if (status == ZCG_OK) keep(c, KIND_{MAPPING}, mapping, {quoted});")
    elif name == "utf8":
        after.append("if (status == ZCG_OK && c->is_alone) look(utf8, length);")
    elif it.base == "zcg_plane_layout":
        seen = f"(size_t){name}.width * {name}.channels * {name}.sample_bytes"
        after.append(f"if (status == ZCG_OK && c->is_alone) look({name}.data, {seen});")
    for field in fields:
        if field.base in header.handles:
            after.append(f"if (status == ZCG_OK && {name}.{field.name}.bits)")
            after.append(f"  keep(c, {_kind(field.base)}, {name}.{field.name}.bits, {quoted});")
    return before, after

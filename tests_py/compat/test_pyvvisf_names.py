"""Every name of pyvvisf 0.2.1 is there, as what it was."""

import pytest

import zcgpu.compat.pyvvisf as pyvvisf
from zcgpu.compat.pyvvisf import vvisf_bindings


def words(text: str) -> list[str]:
    return text.split()


TOP = words(
    """
    ISFScene ISFDoc ISFAttr GLBuffer GLBufferPool Size Rect ISFBoolVal ISFLongVal ISFFloatVal
    ISFPoint2DVal ISFColorVal CreateISFSceneRef CreateISFDocRefWith CreateGLBufferRef
    reinitialize_glfw_context get_gl_info get_platform_info is_vvisf_available
    initialize_glfw_context cleanup_glfw_context acquire_context_ref release_context_ref
    validate_gl_context check_gl_errors reset_gl_context_state GLContextManager ISFRenderer
    ShaderCompilationError ShaderRenderingError ISFParseError VVISFError isf_val_type_to_string
    isf_file_type_to_string check_vvisf_availability ISFValType_None ISFValType_Event
    ISFValType_Bool ISFValType_Long ISFValType_Float ISFValType_Point2D ISFValType_Color
    ISFValType_Cube ISFValType_Image ISFValType_Audio ISFValType_AudioFFT ISFFileType_None
    ISFFileType_Source ISFFileType_Filter ISFFileType_Transition ISFFileType_All vvisf_bindings
    __version__
    """
)

BINDINGS = words(
    """
    VVISFError ISFParseError ShaderCompilationError ShaderRenderingError ISFValType ISFFileType
    Point Size Rect get_platform_info is_vvisf_available isf_val_type_to_string
    isf_val_type_uses_image isf_file_type_to_string ISFVal ISFNullVal ISFEventVal ISFBoolVal
    ISFLongVal ISFFloatVal ISFPoint2DVal ISFColorVal ISFImageVal ISFAttr ISFDoc CreateISFDocRef
    CreateISFDocRefWith ISFScene CreateISFSceneRef CreateISFSceneRefUsing GLBufferType
    GLBufferTarget InternalFormat PixelFormat PixelType Backing GLBufferDescriptor GLBuffer
    GLBufferPool ISFPassTarget CreateGLBufferRef reinitialize_glfw_context cleanup_glfw_context
    reset_global_buffer_pool force_cleanup_vvisf_state get_gl_info initialize_glfw_context
    acquire_context_ref release_context_ref validate_gl_context ensure_gl_context_current
    check_gl_errors reset_gl_context_state cleanup_scene_state Type_CPU Type_Tex Type_RB Type_PBO
    Type_VBO Type_EBO Type_FBO Target_2D Target_Cube InternalFormat_RGBA PixelFormat_RGBA
    PixelType_UByte Backing_None __version__ __platform__ __available__
    """
)

MEMBERS = {
    "ISFValType": "None_ Event Bool Long Float Point2D Color Cube Image Audio AudioFFT",
    "ISFFileType": "None_ Source Filter Transition All",
    "Point": "x y is_zero",
    "Size": "width height is_zero",
    "Rect": "origin size min_x max_x min_y max_y mid_x mid_y top_left top_right bot_left bot_right "
    "center is_zero",
    "ISFVal": "type get_double_val get_float_val get_bool_val get_long_val get_point_val_by_index "
    "set_point_val_by_index get_color_val_by_channel set_color_val_by_channel image_buffer "
    "set_image_buffer get_type_string get_val_string is_null_val is_event_val is_bool_val "
    "is_long_val is_float_val is_point2d_val is_color_val is_cube_val is_image_val is_audio_val "
    "is_audio_fft_val",
    "ISFAttr": "name description label type current_val set_current_val min_val max_val "
    "default_val identity_val label_array val_array is_filter_input_image "
    "set_is_filter_input_image is_trans_start_image set_is_trans_start_image is_trans_end_image "
    "set_is_trans_end_image is_trans_progress_float set_is_trans_progress_float "
    "clear_uniform_locations set_uniform_location get_uniform_location get_attr_description",
    "ISFDoc": "path name description credit vsn type categories inputs image_inputs audio_inputs "
    "image_imports inputs_of_type input render_passes get_buffer_for_key "
    "get_persistent_buffer_for_key get_temp_buffer_for_key json_source_string json_string "
    "vert_shader_source frag_shader_source set_parent_scene parent_scene "
    "generate_texture_type_string generate_shader_source eval_buffer_dimensions_with_render_size",
    "ISFScene": "use_doc use_file create_and_render_a_buffer set_filter_input_buffer "
    "set_buffer_for_input_image_key set_value_for_input_named get_value_for_input_named set_size "
    "size render_size get_timestamp set_always_render_to_float always_render_to_float "
    "set_persistent_to_iosurface persistent_to_iosurface set_throw_exceptions throw_exceptions "
    "set_private_pool private_pool set_private_copier private_copier doc context ortho_size "
    "set_ortho_size set_vertex_shader_string set_fragment_shader_string set_render_callback "
    "render render_with_target render_with_target_and_size render_with_target_and_size_and_time "
    "render_with_target_and_size_and_time_and_pass_dict cleanup "
    "set_buffer_for_input_named prepare_to_be_deleted",
    "GLBufferDescriptor": "type target internalFormat pixelFormat pixelType cpuBackingType "
    "gpuBackingType texRangeFlag texClientStorageFlag msAmount localSurfaceID",
    "GLBuffer": "get_description size srcRect flipped backingSize name preferDeletion "
    "calculate_backing_bytes_per_row calculate_backing_length alloc_shallow_copy is_full_frame "
    "is_pot2d_tex is_npot2d_tex get_description_string desc to_pil_image create_pil_image "
    "from_pil_image Type_Tex Target_2D Target_Cube InternalFormat_RGBA PixelFormat_RGBA "
    "PixelType_UByte Backing_None",
    "GLBufferPool": "create_buffer cleanup housekeeping purge force_cleanup",
    "ISFPassTarget": "Create set_target_width_string target_width_string "
    "set_target_height_string target_height_string set_float_flag float_flag set_persistent_flag "
    "persistent_flag clear_buffer target_size_needs_eval eval_target_size name buffer set_buffer "
    "target_size cache_uniform_locations get_uniform_location clear_uniform_locations",
    "GLContextManager": "create_scene reinitialize get_managed_scenes check_errors reset_state "
    "is_valid get_info get_context_generation auto_initialize auto_cleanup validate_on_enter",
    "ISFRenderer": "set_input set_inputs render_to_buffer render_to_pil_image get_current_inputs "
    "get_shader_info check_errors is_valid auto_initialize auto_cleanup",
    "VVISFError": "get_details",
    "ShaderCompilationError": "get_details get_shader_type",
}
"""What each class had, from its bindings and its documentation."""


def test_the_module_has_every_name() -> None:
    assert [name for name in TOP if not hasattr(pyvvisf, name)] == []


def test_the_binding_module_has_every_name() -> None:
    assert [name for name in BINDINGS if not hasattr(vvisf_bindings, name)] == []


@pytest.mark.parametrize("owner", MEMBERS)
def test_the_class_has_every_member(owner: str) -> None:
    thing = getattr(pyvvisf, owner)
    missing = [name for name in words(MEMBERS[owner]) if not hasattr(thing, name)]
    if missing:  # members of the objects alone
        made = thing("") if owner == "ISFRenderer" else thing()
        missing = [name for name in missing if not hasattr(made, name)]
    assert missing == []


def test_all_is_what_a_star_import_gives() -> None:
    for module in (pyvvisf, vvisf_bindings):
        assert len(set(module.__all__)) == len(module.__all__)
        assert all(hasattr(module, name) for name in module.__all__)


def test_a_name_that_there_never_was_is_an_attribute_error() -> None:
    # pyvvisf's documentation names these, and its code had none of them.
    for name in ("ISFStringVal", "ISFValType_String", "ISFFileType_Vertex"):
        assert not hasattr(pyvvisf, name)


def test_every_number_is_that_of_vvisf() -> None:
    values = pyvvisf.ISFValType
    names = [
        "None_",
        "Event",
        "Bool",
        "Long",
        "Float",
        "Point2D",
        "Color",
        "Cube",
        "Image",
        "Audio",
        "AudioFFT",
    ]
    assert [int(getattr(values, name)) for name in names] == list(range(11))
    assert [int(kind) for kind in pyvvisf.ISFFileType] == [0, 1, 2, 4, 7]
    assert pyvvisf.ISFValType(4) is pyvvisf.ISFValType_Float


def test_kinds_have_words() -> None:
    words = [pyvvisf.isf_val_type_to_string(kind) for kind in pyvvisf.ISFValType]
    assert words[:4] == ["Null", "Event", "Bool", "Long"]
    assert [str(kind) for kind in pyvvisf.ISFValType] == words
    assert [str(kind) for kind in pyvvisf.ISFFileType] == [
        "Unknown",
        "Source",
        "Filter",
        "Transition",
        "All",
    ]
    images = [kind for kind in pyvvisf.ISFValType if pyvvisf.isf_val_type_uses_image(kind)]
    assert [kind.name for kind in images] == ["Cube", "Image", "Audio", "AudioFFT"]
    with pytest.raises(ValueError, match="17"):
        pyvvisf.isf_val_type_to_string(17)  # type: ignore[arg-type]


def test_whether_it_can_draw_is_said_without_leaving_a_context() -> None:
    assert pyvvisf.is_vvisf_available() is True
    assert pyvvisf.check_vvisf_availability() is True
    assert vvisf_bindings.__available__ is True
    assert not pyvvisf.validate_gl_context()
    assert "zcgpu" in pyvvisf.get_platform_info()

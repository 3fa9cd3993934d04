"""Films, stills and sounds: what is handed to ffmpeg for each, between its name and the file's.

A name in braces stands for another file of these.
"""


def moving(size: str = "64x48", frames: int = 24, pixels: str = "yuv420p") -> str:
    """Arguments for a picture of which no two frames are alike, 25 a second."""
    source = f"testsrc2=s={size}:r=25:d={frames / 25},format=rgb24"
    return f"-f lavfi -i {source},noise=alls=40:allf=t:all_seed=5,format={pixels}"


def tone(seconds: float = 1.0, rate: int = 44100) -> str:
    """Arguments for two channels of sound, of which the second is silent half of the time."""
    wave = "sin(880*PI*t)|0.5*sin(440*PI*t)*gt(mod(t\\,0.2)\\,0.1)"
    return f"-f lavfi -i aevalsrc='{wave}':s={rate}:d={seconds}"


X264 = "-c:v libx264 -preset ultrafast -g 12"
X265 = (
    "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=12:pools=1:frame-threads=1"
)
VP9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12"
AV1 = "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 12"
UNEVEN = "-vf select='not(mod(n\\,3))+eq(mod(n\\,7)\\,1)' -fps_mode vfr"
PALETTE = "-vf split[a][b];[a]palettegen[p];[b][p]paletteuse -pix_fmt pal8"

MOVIES = {
    # H.264
    "h264.mp4": f"{moving()} {X264}",
    "h264_b.mp4": f"{moving(frames=40)} {X264} -bf 3 -b_strategy 0 -refs 2",
    "h264_open.mkv": f"{moving(frames=40)} {X264} -bf 2 -x264-params "
    "open-gop=1:keyint=10:min-keyint=10:scenecut=0",
    "h264_422.mkv": f"{moving(pixels='yuv422p')} {X264}",
    "h264_444_odd.mkv": f"{moving('63x47', pixels='yuv444p')} {X264}",
    "h264_10.mkv": f"{moving(pixels='yuv420p10le')} {X264} -bf 2",
    "h264_gray.mkv": f"{moving(pixels='gray')} {X264}",
    "h264_rgb.mkv": f"{moving(pixels='gbrp')} -c:v libx264rgb -preset ultrafast -qp 0 -g 12",
    "h264_full.mp4": f"{moving(pixels='yuvj420p')} {X264} -color_range pc",
    "h264_cropped.mp4": f"{moving('50x38')} {X264}",
    "h264_fields.mkv": f"{moving(frames=40)} {X264} -bf 2 -x264-params tff=1",
    "h264_refresh.mkv": f"{moving(frames=40)} {X264} -x264-params intra-refresh=1:slices=3",
    "h264_wide.mp4": f"{moving()} {X264} -aspect 16:9",
    "h264_uneven.mp4": f"{moving(frames=30)} {UNEVEN} {X264} -bf 2",
    "h264_uneven.mkv": f"{moving(frames=30)} {UNEVEN} {X264} -bf 2",
    "h264_sound.mp4": f"{moving(frames=40)} {tone(1.6)} {X264} -bf 2 -c:a aac",
    "h264_sound.mkv": f"{moving(frames=40)} {tone(1.6, 48000)} {X264} -bf 2 -c:a libopus",
    "h264.ts": f"{moving(frames=40)} {tone(1.6)} {X264} -bf 2 -c:a mp2",
    "h264.flv": f"{moving()} {X264} -bf 2",
    "h264_fragments.mp4": f"{moving(frames=40)} {X264} -bf 2 -movflags frag_keyframe+empty_moov",
    "h264.h264": f"{moving()} {X264} -bf 2",
    "h264_turned.mp4": "-i {h264_b.mp4} -c copy -metadata:s:v rotate=90",
    "h264_turned_back.mp4": "-i {h264_b.mp4} -c copy -metadata:s:v rotate=270",
    "h264_upside_down.mp4": "-i {h264_b.mp4} -c copy -metadata:s:v rotate=180",
    "h264_edited.mp4": "-ss 0.72 -i {h264_b.mp4} -c copy -avoid_negative_ts disabled",
    "h264_trimmed.mp4": "-i {h264_b.mp4} -c copy -output_ts_offset -1 -avoid_negative_ts disabled",
    "h264_delayed.mp4": "-i {h264_b.mp4} -c copy -output_ts_offset 1.5",
    "h264_wrapping.ts": "-i {h264_b.mp4} -c copy -mpegts_copyts 1 -output_ts_offset 95443",
    # HEVC
    "hevc.mp4": f"{moving()} {X265} -tag:v hvc1",
    "hevc_b.mkv": f"{moving(frames=40)} {X265}:bframes=3:b-adapt=0:open-gop=1",
    "hevc_10.mkv": f"{moving(pixels='yuv420p10le')} {X265} -color_primaries bt2020 "
    "-color_trc smpte2084 -colorspace bt2020nc",
    "hevc_444.mkv": f"{moving(pixels='yuv444p')} {X265}",
    "hevc_422_10.mkv": f"{moving(pixels='yuv422p10le')} {X265}",
    "hevc.hevc": f"{moving()} {X265}:bframes=2",
    # VP8, VP9, AV1
    "vp8_hidden.webm": f"{moving(frames=60)} -c:v libvpx -deadline good "
    "-cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -g 30 -b:v 100k",
    "vp9.webm": f"{moving()} {VP9}",
    "vp9_odd.webm": f"{moving('63x47')} {VP9}",
    "vp9_hidden.webm": f"{moving(frames=60)} -c:v libvpx-vp9 -deadline good "
    "-cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -g 30 -b:v 100k",
    "vp9_444.webm": f"{moving(pixels='yuv444p')} {VP9}",
    "vp9_10.webm": f"{moving(pixels='yuv420p10le')} {VP9} -profile:v 2",
    "vp9.ivf": f"{moving()} {VP9}",
    "av1.mp4": f"{moving(frames=16)} {AV1}",
    "av1_odd.mkv": f"{moving('63x47', frames=16)} {AV1}",
    "av1_10.mkv": f"{moving(pixels='yuv420p10le', frames=16)} {AV1}",
    "av1_hidden.mkv": f"{moving(frames=40)} -c:v libaom-av1 -cpu-used 8 "
    "-lag-in-frames 16 -g 30 -b:v 100k",
    # MPEG
    "mpeg1.mpg": f"{moving()} -c:v mpeg1video -bf 2 -g 9",
    "mpeg2.mpg": f"{moving(frames=40)} {tone(1.6)} -c:v mpeg2video -bf 2 -g 9 -c:a mp2",
    "mpeg2_fields.ts": f"{moving(frames=40)} -c:v mpeg2video -bf 2 -g 9 -flags +ildct+ilme -top 1",
    "mpeg2_422.mxf": f"{moving(pixels='yuv422p')} -c:v mpeg2video -g 9",
    "mpeg2.m2v": f"{moving()} -c:v mpeg2video -bf 2 -g 9",
    "mpeg4_b.avi": f"{moving(frames=40)} -c:v mpeg4 -bf 2 -g 9",
    "xvid_packed.avi": f"{moving(frames=40)} -c:v libxvid -bf 2 -g 9",
    # intra-coded
    "mjpeg.avi": f"{moving(pixels='yuvj420p')} -c:v mjpeg",
    "mjpeg_odd.mkv": f"{moving('63x47', pixels='yuvj422p')} -c:v mjpeg",
    "prores.mov": f"{moving(pixels='yuv422p10le')} -c:v prores_ks -profile:v 2",
    "prores_4444.mov": f"{moving(pixels='yuva444p10le')} -c:v prores_ks -profile:v 4",
    "dnxhr.mov": f"{moving('256x120', 8, pixels='yuv422p')} -c:v dnxhd -profile:v dnxhr_sq",
    "ffv1_odd.mkv": f"{moving('63x47')} -c:v ffv1 -level 3",
    "ffv1_16.mkv": f"{moving(pixels='gray16le')} -c:v ffv1 -level 3",
    "huffyuv.avi": f"{moving(pixels='yuv422p')} -c:v huffyuv",
    "utvideo.mkv": f"{moving(pixels='gbrap')} -c:v utvideo",
    "raw.nut": f"{moving('33x17')} -c:v rawvideo",
    "raw_nv12.nut": f"{moving('33x17', pixels='nv12')} -c:v rawvideo",
    "raw_rgba.nut": f"{moving('33x17', pixels='rgba')} -c:v rawvideo",
    "raw_rgb24.avi": f"{moving(pixels='bgr24')} -c:v rawvideo",
    "raw.y4m": f"{moving('33x17')}",
    # older and rarer ones
    "theora.ogv": f"{moving()} -c:v libtheora -g 9",
    "wmv2.wmv": f"{moving()} -c:v wmv2 -g 9",
    "flv1.flv": f"{moving()} -c:v flv -g 9",
    "h263.3gp": f"{moving('176x144', 12)} -c:v h263 -g 6",
    "rv20.rm": f"{moving()} -c:v rv20 -g 9",
    "svq1.mov": f"{moving(pixels='yuv410p')} -c:v svq1 -g 9",
    "cinepak.avi": f"{moving(frames=6, pixels='rgb24')} -c:v cinepak",
    "qtrle.mov": f"{moving(pixels='argb')} -c:v qtrle -g 9",
    "zmbv.avi": f"{moving(pixels='bgr0')} -c:v zmbv -g 9",
    "animated.gif": f"{moving(pixels='rgb8')} -c:v gif",
    "animated_palette.gif": f"{moving(frames=12)} {PALETTE} -c:v gif",
    "animated.png": f"{moving(pixels='rgba')} -c:v apng -f apng",
    "paletted.nut": f"{moving(frames=12)} {PALETTE} -c:v rawvideo",
}

STILLS = {
    "still.png": f"{moving(frames=1, pixels='rgb24')}",
    "still_alpha.png": f"{moving(frames=1, pixels='rgba')}",
    "still_16.png": f"{moving(frames=1, pixels='rgb48be')}",
    "still_gray.png": f"{moving('33x17', 1, pixels='gray')}",
    "still_palette.png": f"{moving(frames=1)} {PALETTE}",
    "still.jpg": f"{moving(frames=1, pixels='yuvj420p')}",
    "still_odd.jpg": f"{moving('33x17', 1, pixels='yuvj444p')}",
    "still.webp": f"{moving(frames=1, pixels='bgra')} -c:v libwebp -lossless 1",
    "still_lossy.webp": f"{moving(frames=1)} -c:v libwebp",
    "still.tiff": f"{moving(frames=1, pixels='rgb24')}",
    "still.bmp": f"{moving('33x17', 1, pixels='bgr24')}",
    "still.exr": f"{moving(frames=1, pixels='gbrapf32le')}",
    "still.tga": f"{moving(frames=1, pixels='bgra')}",
    "still.ppm": f"{moving(frames=1, pixels='rgb24')}",
    "still.pgm": f"{moving(frames=1, pixels='gray')}",
    "still.dpx": f"{moving(frames=1, pixels='rgb24')}",
    "still.jp2": f"{moving(frames=1, pixels='rgb24')} -c:v jpeg2000",
    "still.sgi": f"{moving(frames=1, pixels='rgb24')}",
    "still.qoi": f"{moving(frames=1, pixels='rgba')}",
    "still.pcx": f"{moving(frames=1, pixels='rgb24')}",
}
"""Files of one picture."""

SOUNDS = {
    "sound.wav": f"{tone()} -c:a pcm_s16le",
    "sound_24.wav": f"{tone()} -c:a pcm_s24le",
    "sound_float.wav": f"{tone()} -c:a pcm_f32le",
    "sound.flac": f"{tone()} -c:a flac",
    "sound.mp3": f"{tone()} -c:a libmp3lame",
    "sound.ogg": f"{tone()} -c:a libvorbis",
    "sound.opus": f"{tone(rate=48000)} -c:a libopus",
    "sound.m4a": f"{tone()} -c:a aac",
    "sound.wma": f"{tone()} -c:a wmav2",
    "sound.aiff": f"{tone()} -c:a pcm_s16be",
    "sound_mono.mka": f"{tone()} -ac 1 -c:a ac3",
}
"""Files without a picture."""

RECIPES = {**MOVIES, **STILLS, **SOUNDS}

TIMELESS = {"h264.h264", "hevc.hevc", "mpeg2.m2v", "mpeg4_b.avi", "xvid_packed.avi"}
"""Films whose container stores no times, or only those of decoding."""

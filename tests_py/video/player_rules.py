"""Random programs: pipelines over videos and decoders, and packets fed by hand."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from programs import outcome
from side_by_side import together
from video.packets import of_file
from video.program_state import NUMBER, SELDOM, WHICH, ProgramState, pick
from video.video_programs import BY_HAND, FRAMES, KEYS, Feed, Film, Player, grey

import zcgpu


class PlayerRules(ProgramState):
    # -- pipelines --

    @precondition(lambda self: (self.films or self.feeds) and len(self.players) < 4)
    @rule(which=WHICH, by_hand=st.booleans(), ahead=st.integers(1, 4), cache=st.integers(0, 3))
    def play(self, which: int, by_hand: bool, ahead: int, cache: int) -> None:
        sources = self.feeds if by_hand and self.feeds else self.films or self.feeds
        source = pick(list(sources), which)
        medium = source.video if isinstance(source, Film) else source.decoder
        try:
            pipeline = zcgpu.Pipeline(medium, ahead=ahead, cache=cache)
        except zcgpu.ClosedError:
            assert source.is_closed
        else:  # what another pipeline has closed shows nothing, and `problem` says so
            self.players.append(Player(pipeline, source))

    @precondition(lambda self: self.players)
    @rule(which=WHICH, steps=st.integers(1, 12), keep=st.booleans())
    def show(self, which: int, steps: int, keep: bool) -> None:
        player = pick(self.players, which)
        for _ in range(steps):
            player.now += 0.02
            frame = outcome(lambda: player.pipeline.frame(player.now), player.expected())
            if frame is None:
                continue
            still = player.still(frame)
            still.check()
            if keep:
                self.keep(still)
        if not player.is_closed:
            player.check()

    @precondition(lambda self: self.players)
    @rule(which=WHICH, position=NUMBER)
    def flush_pipeline(self, which: int, position: int) -> None:
        player = pick(self.players, which)
        source = player.source
        if isinstance(source, Feed) and source.is_closed and not player.is_closed:
            return  # closed beside it: what a flush says then is the decoder's
        outcome(player.pipeline.flush, player.expected())
        if isinstance(source, Feed) and not player.is_closed:
            source.break_off(position)
        if not player.is_closed:
            player.check()

    @precondition(lambda self: self.players)
    @rule(which=WHICH, sure=SELDOM, drop=st.booleans())
    def stop(self, which: int, sure: bool, drop: bool) -> None:
        if not sure:
            return
        player = pick(self.players, which)
        player.pipeline.close()
        player.is_closed = player.source.is_closed = True
        if drop:
            self.players.remove(player)

    @precondition(lambda self: self.players)
    @rule(which=WHICH, ends=SELDOM)
    def show_together(self, which: int, ends: bool) -> None:
        player = pick(self.players, which)

        def show() -> None:
            for step in range(10):
                try:
                    frame = player.pipeline.frame(player.now + step / 50)
                    player.pipeline.stats()
                except zcgpu.ClosedError:
                    assert ends or player.is_closed
                    return
                if frame is not None:
                    player.still(frame).check()

        together([show, show, *([player.pipeline.close] if ends else [])])
        player.now += 0.2
        if ends:
            player.is_closed = player.source.is_closed = True
        elif not player.is_closed:
            player.check()

    # -- packets --

    @precondition(lambda self: len(self.feeds) < 3)
    @rule(ahead=st.integers(1, 6), backlog=st.integers(1, 30))
    def open_decoder(self, ahead: int, backlog: int) -> None:
        decoder = zcgpu.Decoder("h264", time_base=(1, 25), ahead=ahead, backlog=backlog)
        self.feeds.append(Feed(decoder))

    @precondition(lambda self: self.feeds)
    @rule(which=WHICH, count=st.integers(1, 12))
    def send(self, which: int, count: int) -> None:
        feed = pick(self.feeds, which)
        packets = of_file(grey(BY_HAND))
        for _ in range(count):
            number = feed.position % FRAMES
            packet = packets[number]
            if feed.is_closed or feed.is_finished:
                outcome(lambda: feed.decoder.send(packet.data), (zcgpu.ClosedError,))  # noqa: B023
                return
            is_taken = not feed.is_gated or number in KEYS
            feed.sent.update([number] if is_taken else [])
            try:
                assert feed.decoder.send(packet.data, pts=number) == is_taken
            except zcgpu.PoolExhausted:
                return  # frames must be received first; the packet comes again
            feed.position += 1
            feed.is_gated = not is_taken

    @precondition(lambda self: self.feeds)
    @rule(which=WHICH, count=st.integers(1, 8), keep=st.booleans())
    def receive(self, which: int, count: int, keep: bool) -> None:
        feed = pick(self.feeds, which)
        for _ in range(count):
            frame = outcome(feed.decoder.receive, feed.expected())
            if frame is not None:
                still = feed.still(frame)
                still.check()
                if keep:
                    self.keep(still)

    @precondition(lambda self: self.feeds)
    @rule(which=WHICH, position=NUMBER)
    def flush(self, which: int, position: int) -> None:
        feed = pick(self.feeds, which)
        outcome(feed.decoder.flush, feed.expected())
        feed.break_off(position)

    @precondition(lambda self: self.feeds)
    @rule(which=WHICH)
    def finish(self, which: int) -> None:
        feed = pick(self.feeds, which)
        outcome(feed.decoder.finish, feed.expected())
        feed.is_finished = True

    @precondition(lambda self: self.feeds)
    @rule(which=WHICH, sure=SELDOM, drop=st.booleans())
    def close_decoder(self, which: int, sure: bool, drop: bool) -> None:
        if not sure:
            return
        feed = pick(self.feeds, which)
        feed.decoder.close()
        feed.is_closed = True
        if drop:
            self.feeds.remove(feed)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the tones of the tiers as small WAV files (16 kHz, 16 bit, one channel), always the same
bytes. Own work, under the licence of the program; no recording was used.

The patterns follow IEC 60601-1-8: the more urgent, the more pulses, the shorter and the higher.
Each pulse is a fundamental between 300 and 900 Hz with three harmonics, so that it carries through
a room and is heard by those who have lost the high tones. I: five pulses, three and two; II: three;
III: two, falling; IV: one. A site may put sounds of its own in their place: files of the same names
(roadnet-tier-1 … -4, .oga or .wav) in a sound theme of the desktop win.

Arguments: the folder to write to."""
import array
import math
import pathlib
import sys
import wave

RATE_HZ = 16000
HARMONICS = (1.0, 0.5, 0.3, 0.15)
EDGE_S = 0.012  # of a pulse's rise and fall, against clicks
TAIL_S = 0.03   # silence behind the last pulse: some devices cut the end

# name: (loudness of 1, [(fundamental in Hz, seconds, silence after it in seconds)])
TONES = {
    'roadnet-tier-1': (0.80, [(880, 0.10, 0.06), (880, 0.10, 0.06), (880, 0.10, 0.20),
                              (784, 0.10, 0.06), (880, 0.12, 0.0)]),
    'roadnet-tier-2': (0.62, [(659, 0.16, 0.13), (659, 0.16, 0.13), (659, 0.16, 0.0)]),
    'roadnet-tier-3': (0.46, [(523, 0.18, 0.16), (440, 0.20, 0.0)]),
    'roadnet-tier-4': (0.32, [(392, 0.26, 0.0)]),
    # unheard: tells whether there is a device that plays
    'roadnet-silence': (0.0, [(392, 0.05, 0.0)]),
}


def pulse(hertz, seconds, loudness):
    """One pulse as numbers from −1 to 1."""
    n = round(seconds * RATE_HZ)
    scale = loudness / sum(HARMONICS)
    for i in range(n):
        t = i / RATE_HZ
        edge = min(1.0, t / EDGE_S, (seconds - t) / EDGE_S)
        envelope = 0.5 - 0.5 * math.cos(math.pi * edge)
        yield scale * envelope * sum(part * math.sin(2 * math.pi * hertz * (k + 1) * t)
                                     for k, part in enumerate(HARMONICS))


def tone(loudness, pulses):
    """Samples of a whole tone."""
    samples = array.array('h')
    for hertz, seconds, gap in pulses:
        samples.extend(round(32767 * value) for value in pulse(hertz, seconds, loudness))
        samples.extend([0] * round(gap * RATE_HZ))
    samples.extend([0] * round(TAIL_S * RATE_HZ))
    if sys.byteorder == 'big':
        samples.byteswap()
    return samples


folder = pathlib.Path(sys.argv[1])
for name, (loudness, pulses) in TONES.items():
    with wave.open(str(folder / f'{name}.wav'), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(tone(loudness, pulses).tobytes())

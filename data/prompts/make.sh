#!/bin/sh
# Speaks every word of prompts.json into LANGUAGE/WORD.wav (8 kHz, mono, µ-law) and writes down with what, in
# made-with.txt. Needs espeak-ng, sox and python3:
#   apt-get install espeak-ng sox python3
set -eu
cd "$(dirname "$0")"
spoken=$(mktemp -d)
trap 'rm -rf "$spoken"' EXIT

python3 - <<'PY' >"$spoken/words"
import json
for language, data in json.load(open("prompts.json", encoding="utf-8"))["languages"].items():
    for word, text in data["words"].items():
        print(language, word, data["voice"], data["speed"], text, sep="\t")
PY

effects="silence 1 0.01 0.3% fade t 0.005 reverse silence 1 0.01 0.3% fade t 0.005 reverse norm -4"

tab=$(printf '\t')
while IFS="$tab" read -r language word voice speed text; do
    mkdir -p "$language"
    espeak-ng -v "$voice" -s "$speed" -w "$spoken/word.wav" -- "$text" </dev/null
    # Silence cut off at both ends, the loudest sample 4 dB below full scale, no dither: the same text gives the same file.
    sox -D "$spoken/word.wav" -r 8000 -c 1 -e mu-law "$language/$word.wav" $effects
done <"$spoken/words"

{
    echo "Made by make.sh from prompts.json:"
    echo "  espeak-ng -v VOICE -s SPEED -w word.wav -- TEXT"
    echo "  sox -D word.wav -r 8000 -c 1 -e mu-law LANGUAGE/WORD.wav $effects"
    espeak-ng --version | sed 's/ *Data at:.*//'
    sox --version | sed 's/^sox: *//'
} >made-with.txt

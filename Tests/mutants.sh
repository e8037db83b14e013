#!/bin/bash
# Plants one fault after the other in a program compiled with -D MUTANTS, and runs the case that is to find it: verification
# must say that the answer is wrong, and that it is right where nothing is planted.
#
#   Tests/mutants.sh PROGRAM [NAME...]     all mutants, or some
#
# A line a mutant; exit code 1 if one survives.
set -u
program=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" mutants >"$folder/all" || exit 3
if [ $# -gt 0 ]; then
    printf '%s\n' "$@" | awk -F '\t' 'NR == FNR { asked[$1]; next } $1 in asked' - "$folder/all" >"$folder/list"
else
    cp "$folder/all" "$folder/list"
fi

# measure FOLDER CASE...: the exit code is 2 where an answer is wrong.
measure() {
    local results=$1 cases=() one
    shift
    for one in "$@"; do cases+=(--case "$one"); done
    "$program" run "${cases[@]}" --samples 6 --no-report --results "$results"
}

plant() {
    local name=$1 case=$2 fault=$3 code
    ASSAY_MUTANT=$name measure "$folder/$name" "$case" >/dev/null 2>&1
    code=$?
    if [ $code = 2 ]; then
        echo "caught    $name   $case: $fault"
    else
        echo "SURVIVED  $name   $case: $fault (exit code $code)"
    fi
}
export -f measure plant
export program folder

mapfile -t cases < <(cut -f 2 "$folder/list" | sort -u)
if ! measure "$folder/none" "${cases[@]}" >"$folder/clean" 2>&1; then
    cat "$folder/clean"
    echo "${#cases[@]} cases with nothing planted: not all are right"
    exit 1
fi
echo "${#cases[@]} cases with nothing planted: all right"

tr '\t' '\0' <"$folder/list" | tr '\n' '\0' | xargs -0 -n 3 -P "$(nproc)" bash -c 'plant "$@"' plant | tee "$folder/lines"
survivors=$(grep -c '^SURVIVED' "$folder/lines")
echo "$(wc -l <"$folder/lines") mutants, $survivors survived"
[ "$survivors" = 0 ] && [ "$(wc -l <"$folder/lines")" = "$(wc -l <"$folder/list")" ]

#!/bin/sh
# provenance.sh ROOT FOLDER: writes FOLDER/BuiltFrom.swift, which records what the program in ROOT is built from.
# SourceTree.swift computes the same fingerprint when the program runs: change both together.
set -eu
root=$1
folder=$2
mkdir -p "$folder"
cd "$root"

# The checksum of a list with one line per file: its checksum, size and path.
sources=$(LC_ALL=C find Package.swift Sources -type f ! -name '.*' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum |
    cksum | cut -d ' ' -f 1)

# Inside a hook these variables would lead git to another repository; GitEnvironment.swift lists them too. Settings
# stay, since they may mark a folder as safe. The index is not written, and no hook or monitor of the repository runs.
unset $(git rev-parse --local-env-vars 2>/dev/null | grep -v '^GIT_CONFIG_') GIT_NAMESPACE GIT_LITERAL_PATHSPECS
ask() {
    git --no-optional-locks --no-replace-objects -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@" 2>/dev/null
}

commit=
changed=false
# A folder unpacked inside another repository has no commit of its own.
if [ "$(ask rev-parse --show-prefix || echo none)" = "" ] && commit=$(ask rev-parse --verify HEAD); then
    # Use a separate index: that of the repository may assume that changed files are unchanged. Ignored files are also
    # compiled, except hidden ones. Git+Changes.swift searches in the same way when the program runs: change both.
    index=$folder/index
    rm -f "$index"
    if ! changes=$(export GIT_INDEX_FILE="$index" && ask read-tree HEAD &&
        ask status --porcelain --untracked-files=all --ignore-submodules=dirty -- Package.swift Sources &&
        ask ls-files --others --ignored --exclude-standard -- Sources | sed -n '/\/\.[^/]*$/d;/\.swift$/p;/\.c$/p;/\.cpp$/p;/\.h$/p') ||
        [ -n "$changes" ]; then
        changed=true
    fi
    rm -f "$index"
else
    commit=
fi

cat > "$folder/BuiltFrom.swift.new" <<END
/// What this program was built from.
enum BuiltFrom {
    /// The hash of the commit; empty if it is unknown.
    static let commit = "$commit"
    /// Whether the sources had uncommitted changes.
    static let hasChanges = $changed
    /// A fingerprint of the sources and the manifest: see \`SourceTree\`.
    static let sources = "$sources"
}
END
if cmp -s "$folder/BuiltFrom.swift.new" "$folder/BuiltFrom.swift"; then
    rm "$folder/BuiltFrom.swift.new"
else
    mv "$folder/BuiltFrom.swift.new" "$folder/BuiltFrom.swift"
fi

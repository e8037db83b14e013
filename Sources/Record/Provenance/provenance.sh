#!/bin/sh
# provenance.sh ROOT FOLDER: writes FOLDER/BuiltFrom.swift, which says what the program in ROOT is built from.
# SourceTree.swift computes the same fingerprint when the program runs: change both together.
set -eu
root=$1
folder=$2
mkdir -p "$folder"
cd "$root"

# The sum of a list of all files, a line each: its sum, its size, its path.
sources=$(LC_ALL=C find Package.swift Sources -type f ! -name '.*' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum |
    cksum | cut -d ' ' -f 1)

# Inside a hook these would lead git to another repository; GitEnvironment.swift names them too. Settings stay, which may say
# that a folder is safe. The index is not written, and no hook or monitor that the repository names is run.
unset $(git rev-parse --local-env-vars 2>/dev/null | grep -v '^GIT_CONFIG_') GIT_NAMESPACE GIT_LITERAL_PATHSPECS
ask() {
    git --no-optional-locks --no-replace-objects -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@" 2>/dev/null
}

commit=
changed=false
# A folder unpacked inside somebody else's repository has no commit of its own.
if [ "$(ask rev-parse --show-prefix || echo none)" = "" ] && commit=$(ask rev-parse --verify HEAD); then
    # By an index of our own: that of the repository may take changed files for unchanged. What is ignored is compiled all the same,
    # but for hidden files. Git+Changes.swift looks in the same way when the program runs: change both together.
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
    /// The hash of the commit; empty if it is not known.
    static let commit = "$commit"
    /// Whether the sources held changes that no commit has.
    static let hasChanges = $changed
    /// Of the sources and the manifest: see \`SourceTree\`.
    static let sources = "$sources"
}
END
if cmp -s "$folder/BuiltFrom.swift.new" "$folder/BuiltFrom.swift"; then
    rm "$folder/BuiltFrom.swift.new"
else
    mv "$folder/BuiltFrom.swift.new" "$folder/BuiltFrom.swift"
fi

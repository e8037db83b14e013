import Foundation

/// Creates a folder, and its missing parents. Throws if files cannot be created in it.
package func makeWritable(folder: String) throws(FileError) {
    try createFolder(folder)
    guard access(folder, W_OK | X_OK) == 0 else { throw .system(folder, "cannot write", code: errno) }
}

/// Creates a folder and its missing parents.
package func createFolder(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 { return }
    let code = errno
    switch code {
    case EEXIST:
        var found = stat()
        if stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR { return }
    case ENOENT:
        let parent = (path as NSString).deletingLastPathComponent
        // The parent of a relative path ends in "", that of an absolute one in "/": both exist.
        guard parent != path, !parent.isEmpty else { break }
        try createFolder(parent)
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    default: break
    }
    throw .system(path, "cannot create the folder", code: code)
}

/// All bytes of a file, or at least those of its first line. Refuses anything but a regular file, since a folder or a
/// device may have no end.
/// - Parameter most: files with more bytes than this are refused.
package func contents(
    of path: String, firstLine: Bool = false, atMost most: Int = 1 << 30
) throws(FileError) -> Data {
    let remedy = "give a file that 'assay run' wrote"
    var found = stat()
    guard stat(path, &found) == 0 else { throw .system(path, "cannot read", code: errno) }
    guard found.st_mode & S_IFMT == S_IFREG else { throw FileError(path, "not a file", remedy: remedy) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path, "cannot read", code: errno) }
    defer { close(descriptor) }
    var bytes = Data()
    if !firstLine, found.st_size <= most { bytes.reserveCapacity(Int(found.st_size)) }
    var chunk = Data(count: 1 << 16)
    while true {
        let length = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if length < 0, errno == EINTR { continue }
        guard length >= 0 else { throw .system(path, "cannot read", code: errno) }
        bytes += chunk.prefix(length)
        // Stop reading if the first line is longer than any line can be.
        let isEnough = chunk.prefix(length).contains(UInt8(ascii: "\n")) || bytes.count > FileLine.longest
        if length == 0 || firstLine && isEnough { return bytes }
        guard max(bytes.count, Int(found.st_size)) <= most || firstLine else {
            throw FileError(path, "larger than \(most >> 20) MiB", remedy: remedy)
        }
    }
}

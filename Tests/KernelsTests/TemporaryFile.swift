import Foundation

/// Calls the body with the path of a file of these bytes, which is gone afterwards.
func withFile<Value>(
    _ bytes: some Sequence<UInt8>, suffix: String = ".mtx", _ body: (_ path: String) throws -> Value
) throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + suffix)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
}

import Foundation

/// The system's message for an error, without Foundation's sentences around it.
package func systemWords(_ error: any Error) -> String {
    systemCode(error).map { String(cString: strerror($0)) } ?? "\(error)"
}

/// The system's number for an error; nil if it has none.
package func systemCode(_ error: any Error) -> Int32? {
    switch error {
    case let error as CocoaError: error.underlying.flatMap(systemCode) ?? code(of: error)
    case let error as POSIXError: error.code.rawValue
    case let error as WorkFolder.Failure: error.code
    default: nil
    }
}

/// For errors that do not wrap a system error.
private func code(of error: CocoaError) -> Int32? {
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
    case .fileReadNoPermission, .fileWriteNoPermission: EACCES
    case .fileWriteOutOfSpace: ENOSPC
    case .fileWriteVolumeReadOnly: EROFS
    case .fileWriteFileExists: EEXIST
    default: nil
    }
}

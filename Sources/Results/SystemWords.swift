import Foundation

/// What the system said of an error, without the sentences that Foundation puts around it.
package func systemWords(_ error: any Error) -> String {
    switch error {
    case let error as CocoaError: error.underlying.map(systemWords) ?? words(of: error)
    case let error as POSIXError: String(cString: strerror(error.code.rawValue))
    case let error as WorkFolder.Failure: String(cString: strerror(error.code))
    default: "\(error)"
    }
}

/// Of those that have nothing of the system's in them.
private func words(of error: CocoaError) -> String {
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: String(cString: strerror(ENOENT))
    case .fileReadNoPermission, .fileWriteNoPermission: String(cString: strerror(EACCES))
    case .fileWriteOutOfSpace: String(cString: strerror(ENOSPC))
    case .fileWriteVolumeReadOnly: String(cString: strerror(EROFS))
    case .fileWriteFileExists: String(cString: strerror(EEXIST))
    default: "error \(error.code.rawValue) of Foundation"
    }
}

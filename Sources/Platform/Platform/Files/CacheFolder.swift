import Foundation

/// The folder for files that can be made again: built programs and verified answers.
package enum CacheFolder {
    /// `$XDG_CACHE_HOME/assay`, or `~/.cache/assay`.
    package static var standard: String {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? NSHomeDirectory()
        let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.cache"
        return "\(caches)/assay"
    }
}

import ArgumentParser
import Settings

/// Checks `--threads`, in every command that has it.
enum ThreadCount {
    static func check(_ threads: Int?) throws {
        guard let threads, !(1...Setting.mostThreads).contains(threads) else { return }
        throw ValidationError("--threads is \(threads); write a whole number from 1 to \(Setting.mostThreads).")
    }
}

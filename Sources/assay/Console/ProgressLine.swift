import Foundation
import Platform
import Reports
import Results

/// One line on standard error that changes, if that is a terminal that can take a line back.
struct ProgressLine {
    let canChange =
        isatty(STDERR_FILENO) == 1 && !["", "dumb"].contains(ProcessInfo.processInfo.environment["TERM"] ?? "")

    func rewrite(_ text: String) {
        guard canChange else { return }
        // Wider lines would wrap, and a wrapped line cannot be taken back.
        StandardStreams.tell("\r\u{1B}[2K\(text.onOneLine.shortened(to: Self.width - 1))")
    }

    /// Takes the line back; what comes next begins where it began.
    func clear() {
        if canChange { StandardStreams.tell("\r\u{1B}[2K\r") }
    }

    /// Asked for each line, because windows change their size.
    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

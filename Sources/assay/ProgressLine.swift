import Foundation

/// One line on standard error that changes, where that is a terminal.
struct ProgressLine {
    let isTerminal = isatty(STDERR_FILENO) == 1

    func rewrite(_ text: String) {
        guard isTerminal else { return }
        // Wider lines would wrap, and a wrapped line cannot be taken back.
        StandardStreams.tell("\r\u{1B}[2K\(text.prefix(Self.width - 1))")
    }

    func clear() { rewrite("") }

    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

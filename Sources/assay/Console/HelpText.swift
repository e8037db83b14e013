extension String {
    /// A text of help with the lines of each paragraph joined: it is broken again where the terminal ends. Lines that are
    /// indented stay as they are.
    var flowed: String {
        var lines: [String] = []
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            let goesOn = !line.isEmpty && !line.hasPrefix(" ")
            if let last = lines.last, goesOn, !last.isEmpty, !last.hasPrefix(" ") {
                lines[lines.count - 1] = last + " " + line
            } else {
                lines.append(String(line))
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// As one word of a command line, whatever it holds.
    var quotedForShell: String { "'" + replacing("'", with: #"'\''"#) + "'" }
}

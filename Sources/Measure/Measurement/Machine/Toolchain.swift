/// What built this program: known when it is compiled, since machines that run it need not have a compiler.
enum Toolchain {
    // The language has no constant for it: a version that is newer than this list bears the last name that it reaches.
    static var swift: String {
        #if compiler(>=6.5)
            "Swift 6.5 or later"
        #elseif compiler(>=6.4)
            "Swift 6.4"
        #elseif compiler(>=6.3.3)
            "Swift 6.3.3 or later"
        #elseif compiler(>=6.3.2)
            "Swift 6.3.2"
        #elseif compiler(>=6.3.1)
            "Swift 6.3.1"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #else
            "Swift 6.2"
        #endif
    }
}

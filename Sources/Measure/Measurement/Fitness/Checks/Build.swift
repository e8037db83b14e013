extension Check {
    /// A debug build measures unoptimised code.
    static let build = Check("build", "Build") { system in
        system.optimised
            ? .ok("compiled with optimisation")
            : .warning("a debug build", remedy: "build it with swift build -c release")
    }
}

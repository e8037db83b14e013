// swift-tools-version: 6.2
import PackageDescription

/// Every function begins at a line of 64 bytes. Else a change in one function moves all that stand behind it within their
/// lines, and the time of code that nobody touched changes by some per cent.
let alignedFunctions: [SwiftSetting] = [.unsafeFlags(["-Xllvm", "-align-all-functions=6"])]

/// Innermost loops too, where they are what takes the time.
#if arch(x86_64)
    let alignedLoops: [SwiftSetting] = [
        .unsafeFlags(["-Xllvm", "-x86-experimental-pref-innermost-loop-alignment=6"])
    ]
#else
    let alignedLoops: [SwiftSetting] = []
#endif

/// Every module of ours: Swift 6, warnings are errors.
let strict: [SwiftSetting] =
    alignedFunctions + [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]

/// Tests may use what a module they import hands them.
let tests: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// Loops over unsafe pointers whose bounds were checked when the workload was made: overflow checks would only
/// keep the vectoriser away.
let kernel: [SwiftSetting] = strict + alignedLoops + [.unsafeFlags(["-Ounchecked"])]

/// Flags that let one module use an instruction set; the code it instantiates stands only in that module.
func vector(_ level: String) -> [SwiftSetting] {
    #if arch(x86_64)
        kernel + [.unsafeFlags(["-Xcc", "-march=\(level)"])]
    #else
        kernel
    #endif
}

let package = Package(
    name: "assay",
    products: [.executable(name: "assay", targets: ["assay"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        // What other languages give us.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(
            name: "CGnuplot",
            linkerSettings: [
                .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_system"), .linkedLibrary("boost_filesystem"),
            ]),
        .target(name: "CPlatform", cSettings: [.unsafeFlags(["-falign-functions=64"])]),

        // Values and arithmetic.
        // How a case is run.
        .target(name: "Settings", swiftSettings: strict),
        .target(name: "Tensors", dependencies: ["CPlatform", "Settings"], swiftSettings: kernel),
        .target(
            name: "Statistics", dependencies: [.product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: strict),
        .target(name: "Threads", dependencies: ["CPlatform"], swiftSettings: strict),
        // Faults that `make mutants` plants; nothing at all in other builds.
        .target(name: "Mutants", swiftSettings: strict),
        .target(name: "Vectors", dependencies: ["CPlatform", "Mutants"], swiftSettings: kernel),
        .target(name: "VectorsBaseline", dependencies: ["Vectors"], swiftSettings: kernel),
        .target(name: "VectorsAVX2", dependencies: ["Vectors"], swiftSettings: vector("x86-64-v3")),
        .target(name: "VectorsAVX512", dependencies: ["Vectors"], swiftSettings: vector("x86-64-v4")),

        // The choice among them.
        .target(
            name: "Instructions",
            dependencies: ["CPlatform", "Vectors", "VectorsBaseline", "VectorsAVX2", "VectorsAVX512"],
            swiftSettings: strict),

        // What can be measured.
        .target(
            name: "Workloads",
            dependencies: [
                "Settings", "Tensors", "Threads", .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: strict),
        .target(
            name: "Kernels",
            dependencies: [
                "COpenBLAS", "Instructions", "Mutants", "Settings", "Tensors", "Threads", "Vectors", "Workloads",
            ],
            swiftSettings: kernel),

        .target(
            name: "Networks", dependencies: ["Kernels", "Mutants", "Settings", "Tensors", "Workloads"],
            swiftSettings: strict),

        // From a suite file to a run file.
        .target(
            name: "Suites",
            dependencies: [
                "Kernels", "Networks", "Results", "Settings", "Workloads",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: strict),
        .target(name: "Results", dependencies: ["CPlatform", "Settings", "Statistics"], swiftSettings: strict),
        .target(name: "Workers", dependencies: ["CPlatform", "Results", "Settings"], swiftSettings: strict),
        .target(name: "Repositories", dependencies: ["Results", "Workers"], swiftSettings: strict),
        .target(
            name: "Measurement",
            dependencies: [
                "COpenBLAS", "CPlatform", "Instructions", "Results", "Settings", "Statistics", "Tensors", "Vectors",
            ], swiftSettings: strict),
        .target(
            name: "Running",
            dependencies: [
                "COpenBLAS", "CPlatform", "Instructions", "Kernels", "Measurement", "Networks", "Repositories",
                "Results",
                "Settings", "Statistics", "Suites", "Tensors", "Threads", "Workers", "Workloads",
            ], swiftSettings: strict),

        // Two programs against each other.
        .target(
            name: "Comparison",
            dependencies: ["CPlatform", "Repositories", "Results", "Settings", "Statistics", "Workers"],
            swiftSettings: strict),

        // From run files to what people read.
        .target(
            name: "Reports",
            dependencies: ["CGnuplot", "Comparison", "Results", "Settings", "Statistics"], swiftSettings: strict),

        .executableTarget(
            name: "assay",
            dependencies: [
                "CPlatform", "Comparison", "Instructions", "Kernels", "Measurement", "Mutants", "Networks", "Reports",
                "Results", "Running", "Settings", "Statistics", "Suites", "Tensors", "Workers", "Workloads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict, plugins: ["Provenance"]),
        // Tells the program what it is built from.
        .plugin(name: "Provenance", capability: .buildTool(), path: "Sources/Provenance"),

        // Tests, a target a module.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "TensorsTests", dependencies: ["Settings", "Tensors"], swiftSettings: tests),
        .testTarget(name: "ThreadsTests", dependencies: ["CPlatform", "Threads"], swiftSettings: tests),
        .testTarget(name: "VectorsTests", dependencies: ["Instructions", "Vectors"], swiftSettings: tests),
        .testTarget(name: "InstructionsTests", dependencies: ["Instructions"], swiftSettings: tests),
        .testTarget(name: "WorkloadsTests", dependencies: ["Settings", "Tensors", "Workloads"], swiftSettings: tests),
        .testTarget(
            name: "KernelsTests",
            dependencies: ["Kernels", "Mutants", "Settings", "Tensors", "TestSupport", "Workloads"],
            swiftSettings: tests),
        .testTarget(
            name: "NetworksTests",
            dependencies: ["Kernels", "Networks", "Settings", "Tensors", "TestSupport", "Workloads"],
            exclude: ["Reference"],
            swiftSettings: tests),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: tests),
        .testTarget(
            name: "MeasurementTests",
            dependencies: ["CPlatform", "Instructions", "Measurement", "Results", "Statistics", "Vectors"],
            swiftSettings: tests),
        .testTarget(
            name: "ResultsTests", dependencies: ["Results", "Settings", "Statistics", "TestSupport"],
            swiftSettings: tests),
        .testTarget(
            name: "SuitesTests",
            dependencies: ["Kernels", "Results", "Settings", "Suites", "TestSupport", "Workloads"],
            swiftSettings: tests),
        .testTarget(
            name: "RunningTests",
            dependencies: [
                "Kernels", "Measurement", "Networks", "Results", "Running", "Settings", "Suites", "Tensors",
                "TestSupport",
                "Workers", "Workloads",
            ],
            swiftSettings: tests),
        .testTarget(
            name: "ComparisonTests",
            dependencies: [
                "Comparison", "Kernels", "Measurement", "Repositories", "Results", "Settings", "Statistics",
                "TestSupport",
                "Workers",
                "Workloads",
            ],
            swiftSettings: tests),
        .testTarget(name: "RepositoriesTests", dependencies: ["Repositories", "Workers"], swiftSettings: tests),
        .testTarget(name: "WorkersTests", dependencies: ["Results", "Settings", "Workers"], swiftSettings: tests),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Comparison", "Reports", "Results", "Running", "Settings", "Statistics", "Suites", "TestSupport",
                "Workers",
                "Workloads", .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            exclude: ["Snapshots"], swiftSettings: tests),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "assay", "Kernels", "Results", "Settings", "Suites", "Workloads",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ], swiftSettings: tests),
    ],
    cxxLanguageStandard: .cxx17
)

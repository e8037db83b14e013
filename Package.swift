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
        // Platform: what the operating system and other languages give us.
        .target(
            name: "CPlatform", path: "Sources/Platform/CPlatform", cSettings: [.unsafeFlags(["-falign-functions=64"])]),
        .target(
            name: "Platform", dependencies: ["CPlatform"], path: "Sources/Platform/Platform", swiftSettings: strict),

        // Define: what can be measured.
        .target(name: "Settings", path: "Sources/Define/Settings", swiftSettings: strict),
        .target(
            name: "Tensors", dependencies: ["CPlatform", "Platform", "Settings"], path: "Sources/Define/Tensors",
            swiftSettings: kernel),
        .target(
            name: "Workloads",
            dependencies: [
                "Settings", "Tensors", "Threads",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            path: "Sources/Define/Workloads", swiftSettings: strict),
        .target(
            name: "Kernels",
            dependencies: [
                "COpenBLAS", "CPlatform", "Instructions", "Mutants", "Settings", "Tensors", "Threads", "Vectors",
                "Workloads",
            ],
            path: "Sources/Define/Kernels", swiftSettings: kernel),
        .target(
            name: "Networks", dependencies: ["Kernels", "Mutants", "Platform", "Settings", "Tensors", "Workloads"],
            path: "Sources/Define/Networks", swiftSettings: strict),

        // Compute: what kernels are made of.
        .systemLibrary(
            name: "COpenBLAS", path: "Sources/Compute/COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"])]),
        .target(name: "Threads", dependencies: ["CPlatform"], path: "Sources/Compute/Threads", swiftSettings: strict),
        // Faults that `make mutants` plants; nothing at all in other builds.
        .target(name: "Mutants", path: "Sources/Compute/Mutants", swiftSettings: strict),
        .target(
            name: "Vectors", dependencies: ["CPlatform", "Mutants"], path: "Sources/Compute/Vectors",
            swiftSettings: kernel),
        // An instruction set each.
        .target(
            name: "VectorsBaseline", dependencies: ["Vectors"], path: "Sources/Compute/VectorsBaseline",
            swiftSettings: kernel),
        .target(
            name: "VectorsAVX2", dependencies: ["Vectors"], path: "Sources/Compute/VectorsAVX2",
            swiftSettings: vector("x86-64-v3")),
        .target(
            name: "VectorsAVX512", dependencies: ["Vectors"], path: "Sources/Compute/VectorsAVX512",
            swiftSettings: vector("x86-64-v4")),
        // The choice among them.
        .target(
            name: "Instructions",
            dependencies: ["CPlatform", "Vectors", "VectorsAVX2", "VectorsAVX512", "VectorsBaseline"],
            path: "Sources/Compute/Instructions", swiftSettings: strict),

        // Measure: from a suite file to a run file. Workers are apart: comparisons speak to them and compute nothing.
        .target(
            name: "Workers", dependencies: ["Platform", "Results", "Settings"],
            path: "Sources/Measure/Workers", swiftSettings: strict),
        .target(
            name: "Measurement",
            dependencies: [
                "COpenBLAS", "CPlatform", "Instructions", "Platform", "Results", "Statistics", "Tensors", "Threads",
                "Vectors", "Workers",
            ],
            path: "Sources/Measure/Measurement", swiftSettings: strict),
        .target(
            name: "Running",
            dependencies: [
                "CPlatform", "Instructions", "Kernels", "Measurement", "Networks", "Platform", "Results", "Settings",
                "Statistics", "Tensors", "Threads", "Workers", "Workloads",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Sources/Measure/Running", swiftSettings: strict),

        // Record: what is kept of a measurement.
        .target(
            name: "Statistics", dependencies: [.product(name: "RealModule", package: "swift-numerics")],
            path: "Sources/Record/Statistics", swiftSettings: strict),
        .target(
            name: "Results", dependencies: ["CPlatform", "Platform", "Settings", "Statistics"],
            path: "Sources/Record/Results", swiftSettings: strict),
        // Tells the program what it is built from.
        .plugin(name: "Provenance", capability: .buildTool(), path: "Sources/Record/Provenance"),

        // Judge: two programs against each other, and one over many commits.
        .target(
            name: "Comparison",
            dependencies: ["CPlatform", "Platform", "Results", "Settings", "Statistics", "Workers"],
            path: "Sources/Judge/Comparison", swiftSettings: strict),

        // Show: what people read.
        .target(
            name: "CGnuplot", path: "Sources/Show/CGnuplot",
            linkerSettings: [
                .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_system"), .linkedLibrary("boost_filesystem"),
            ]),
        .target(
            name: "Reports",
            dependencies: ["CGnuplot", "Comparison", "Platform", "Results", "Settings", "Statistics"],
            path: "Sources/Show/Reports", swiftSettings: strict),

        .executableTarget(
            name: "assay",
            dependencies: [
                "CPlatform", "Comparison", "Instructions", "Kernels", "Measurement", "Mutants", "Networks", "Platform",
                "Reports", "Results", "Running", "Settings", "Statistics", "Tensors", "Threads", "Workers", "Workloads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, plugins: ["Provenance"]),

        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "TensorsTests", dependencies: ["Settings", "Tensors"], swiftSettings: tests),
        .testTarget(name: "ThreadsTests", dependencies: ["CPlatform", "Threads"], swiftSettings: tests),
        .testTarget(name: "VectorsTests", dependencies: ["Instructions", "Vectors"], swiftSettings: tests),
        .testTarget(name: "InstructionsTests", dependencies: ["Instructions"], swiftSettings: tests),
        .testTarget(
            name: "WorkloadsTests", dependencies: ["Settings", "Tensors", "Workloads"], swiftSettings: tests
        ),
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
            name: "ResultsTests", dependencies: ["Platform", "Results", "Settings", "Statistics", "TestSupport"],
            swiftSettings: tests),
        .testTarget(
            name: "SuitesTests",
            dependencies: ["Kernels", "Results", "Running", "Settings", "TestSupport", "Workloads"],
            swiftSettings: tests),
        .testTarget(
            name: "RunningTests",
            dependencies: [
                "Kernels", "Measurement", "Networks", "Platform", "Results", "Running", "Settings", "Tensors",
                "TestSupport",
                "Workers", "Workloads",
            ],
            swiftSettings: tests),
        .testTarget(
            name: "ComparisonTests",
            dependencies: [
                "Comparison", "Kernels", "Measurement", "Platform", "Results", "Settings", "Statistics", "TestSupport",
                "Workers", "Workloads",
            ],
            swiftSettings: tests),
        .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: tests),
        .testTarget(
            name: "WorkersTests", dependencies: ["Platform", "Results", "Settings", "Workers"], swiftSettings: tests),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Comparison", "Platform", "Reports", "Results", "Running", "Settings", "Statistics", "TestSupport",
                "Workers", "Workloads", .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            exclude: ["Snapshots"], swiftSettings: tests),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "assay", "Kernels", "Platform", "Results", "Running", "Settings", "Workloads",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ], exclude: ["Reference"], swiftSettings: tests),
    ],
    cxxLanguageStandard: .cxx17
)

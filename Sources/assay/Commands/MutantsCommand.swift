#if MUTANTS
    import ArgumentParser
    import Mutants

    /// `assay mutants`, in a program that can plant them: for `Tests/mutants.sh`.
    struct MutantsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mutants", abstract: "List faults that ASSAY_MUTANT plants: name, case, fault.",
            shouldDisplay: false)

        func run() {
            for mutant in Mutant.allCases {
                StandardStreams.printData("\(mutant.name)\t\(mutant.caseName)\t\(mutant.fault)\n")
            }
        }
    }
#endif

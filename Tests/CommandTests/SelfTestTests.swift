import Foundation
import Testing

@Suite struct SelfTestTests {
    let clone: CompareWorkspace

    init() throws { clone = try CompareWorkspace() }

    @Test func thePlaceboComparesLinksOfTheWorkingTree() async throws {
        try await clone.commit()
        try clone.workspace.write("# changed\n\(CompareWorkspace.honest)\n", to: "Sources/program")
        let arguments = [
            "selftest", "small", "--placebo", "--layouts", "2", "--filter", "m=9", "--rounds", "7", "--margin", "60%",
            "--cache", clone.cache,
        ]
        let result = try await Program.run(arguments, in: clone.workspace.path, environment: clone.environment)
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 3)
        #expect(clone.lines("arguments").map { $0.contains("--shuffle-sections") } == [false, true, true])
        #expect(result.output.contains("no false alarms in 2 comparisons"))
        #expect(result.errors.contains("2 of 2: "))
        try await clone.expectClean()
        #expect(try await clone.git("status", "--porcelain") == " M Sources/program\n")
        let misspelt = try await Program.run(
            ["selftest", "smal", "--placebo", "--cache", clone.cache], in: clone.workspace.path,
            environment: clone.environment)
        #expect(misspelt.code == 64 && misspelt.errors.contains("did you mean 'small'?"))
        #expect(clone.builds == 3, "said before anything is built")
    }

    @Test func aSelfTestFindsWhatWasAddedAndNothingElse() async throws {
        let result = try await clone.workspace.run(
            "selftest", "small", "--filter", "m=9|null", "--rounds", "15", "--slowdown", "90%", "--slow", "matmul 9",
            "--margin", "30%")
        #expect(result.code == 0, "\(result.errors)\(result.output)")
        #expect(result.output.contains("1 of 1 slowed cases were called slower"))
        #expect(result.output.contains("no false alarms in 1 comparison"))
        let strange = try await clone.workspace.run("selftest", "small", "--slow", "matmul")
        #expect(strange.code == 64)
    }

    /// Nothing compared, or nothing concluded, is no pass.
    @Test func aSelfTestThatTellsNothingIsNoPass() async throws {
        let few = try await clone.workspace.run("selftest", "small", "--filter", "m=9", "--rounds", "2", "--no-report")
        #expect(few.code == 4, "\(few.errors)\(few.output)")
        #expect(few.output.contains("every verdict is inconclusive, which is not a pass"))
        let none = try await clone.workspace.run("selftest", "small", "--budget", "1us", "--no-report")
        #expect(none.code == 3, "\(none.errors)\(none.output)")
        #expect(none.output.contains("nothing was compared"))
        let strange = try await clone.workspace.run("selftest", "small", "--layouts", "2")
        #expect(strange.code == 64)
    }
}

import Foundation
import Measurement
import Testing

@Suite struct FitnessCatalogTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Measure/Measurement/Fitness")

    @Test func hasALineForEveryFile() throws {
        let catalog = try String(contentsOf: Self.folder.appending(path: "FitnessCatalog.swift"), encoding: .utf8)
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appending(path: "Checks"), includingPropertiesForKeys: nil)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            let match = try #require(text.firstMatch(of: /static let (\w+) = Check\(/), "\(file.lastPathComponent)")
            #expect(catalog.contains(" .\(match.1),"), "\(file.lastPathComponent) has no line in the catalog")
        }
        #expect(FitnessCatalog.checks.count == files.count)
    }

    @Test func namesAreUnique() {
        #expect(Set(FitnessCatalog.checks.map(\.name)).count == FitnessCatalog.checks.count)
        #expect(Set(FitnessCatalog.checks.map(\.title)).count == FitnessCatalog.checks.count)
    }

    @Test func everyWarningHasARemedyAndIsWarnedOf() throws {
        let findings = FitnessCatalog.findings(on: .current)
        #expect(findings.count == FitnessCatalog.checks.count)
        #expect(findings.allSatisfy { $0.finding.status != .warning || $0.finding.remedy != nil })

        let system = try FakeSystem([
            "/proc/sys/kernel/randomize_va_space": "2\n",
            "/sys/devices/system/clocksource/clocksource0/current_clocksource": "hpet\n",
        ])
        let warnings = FitnessCatalog.warnings(on: system.view())
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("Clock source: hpet") == true)
    }

    @Test func whereNothingCanBeReadItIsSaidSo() throws {
        let system = try FakeSystem()
        let readable: Set<String> = ["build", "blas_variables", "perf"]
        for (check, finding) in FitnessCatalog.findings(on: system.view()) where !readable.contains(check.name) {
            #expect(finding.status == .unknown, "\(check.name)")
        }
    }
}

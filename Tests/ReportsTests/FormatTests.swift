import Reports
import Testing

@Suite struct FormatTests {
    /// A form that someone wrote and forgot to list could not be asked for.
    @Test func everyFormOfTheFolderIsListed() throws {
        let declared = try Sources.texts(in: Sources.folder("Show/Reports/Formats")).flatMap { text in
            text.matches(of: /static let \w+ = ReportFormat\("(\w+)"/).map { String($0.1) }
        }
        #expect(declared.sorted() == FormatCatalog.formats.map(\.name).sorted() && !declared.isEmpty)
    }

    @Test(arguments: [
        (1.234e-3, "1.234 ms"), (0.9999e-3, "999.9 µs"), (0.99996e-3, "1.000 ms"), (1.5e-9, "1.500 ns"), (0, "0 s"),
        (2, "2.000 s"), (-1.5e-6, "-1.500 µs"), (1e-15, "0.001000 ps"), (.nan, "– s"), (.infinity, "– s"),
    ])
    func seconds(_ value: Double, _ text: String) { #expect(Format.seconds(value) == text) }

    @Test(arguments: [
        (0, "0 B"), (512, "512 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (1_572_864, "1.5 MiB"),
        (1_048_575, "1 MiB"), (123_456_789, "118 MiB"), (1e21, "867 EiB"), (-2048, "-2 KiB"),
    ])
    func bytes(_ value: Double, _ text: String) { #expect(Format.bytes(value) == text) }

    @Test(arguments: [
        (0.0123, "1.2 %"), (0.00123, "0.12 %"), (0.564, "56.4 %"), (0.99999, "100 %"), (12, "1200 %"), (.infinity, "–"),
    ])
    func percent(_ value: Double, _ text: String) { #expect(Format.percent(value) == text) }

    @Test func valuesFollowTheirUnit() {
        #expect(Format.value(187.34e9, unit: "FLOP/s") == "187.3 GFLOP/s")
        #expect(Format.value(115_605_504, unit: "MAC") == "115.6 M")
        #expect(Format.value(1234, unit: "1") == "1234")
        #expect(Format.value(0.98765, unit: "1") == "0.9877")
        #expect(Format.value(2048, unit: "B") == "2 KiB")
        #expect(Format.scaled(.greatestFiniteMagnitude, unit: "s").hasSuffix(" Es"))
        #expect(Format.scaled(.leastNonzeroMagnitude, unit: "s").hasSuffix(" ps"))
    }
}

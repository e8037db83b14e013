import Measurement
import Platform
import Reports
import Results

/// What would spoil a measurement on a machine, and what the machine can do at most.
struct DoctorReport: PrintedReport {
    let machine: Machine
    let findings: [(check: Check, finding: Finding)]
    let ceilings: Ceilings
    /// The best that any run on this machine has seen.
    let best: Ceilings?

    var sections: [ReportSection] {
        [
            .paragraph("\(machine.id): \(machine.processor), \(machine.processors) processors, \(machine.kernel)"),
            .list("", findings.map { line($0.check, $0.finding) }), .table(arithmetic), .table(bandwidth),
            .paragraph("an empty call takes \(Format.seconds(ceilings.callSeconds)) in the harness"),
        ]
    }

    /// A check, and below it what to do.
    private func line(_ check: Check, _ finding: Finding) -> String {
        let width = Finding.Status.allCases.map(\.rawValue.count).max() ?? 0
        let status = finding.status.rawValue
        let space = String(repeating: " ", count: width - status.count + 2)
        let remedy = finding.remedy.map { "\n" + String(repeating: " ", count: width + 2) + "-> \($0.onOneLine)" } ?? ""
        return "\(status)\(space)\(check.title): \(finding.found.onOneLine)\(remedy)"
    }

    private var arithmetic: Table {
        Table(
            columns: [
                .left("multiply-adds"), .right("bits"), .right("threads"), .right("fp32"), .right("best so far"),
            ],
            rows: ceilings.arithmetic.map { now in
                [
                    now.instructionSet, String(now.width), String(now.threads),
                    Format.scaled(now.flops, unit: "FLOP/s"),
                    best(of: now).map { Format.scaled($0, unit: "FLOP/s") } ?? "",
                ]
            })
    }

    private var bandwidth: Table {
        Table(
            columns: [
                .left("reads"), .right("block per thread"), .right("threads"), .right("in all"), .right("best so far"),
            ],
            rows: ceilings.bandwidth.map { now in
                [
                    now.level, Format.bytes(Double(now.block)), String(now.threads),
                    Format.scaled(now.bytesPerSecond, unit: "B/s"),
                    best(of: now).map { Format.scaled($0, unit: "B/s") } ?? "",
                ]
            })
    }

    private func best(of now: Ceilings.Arithmetic) -> Double? {
        best?.arithmetic.first { $0.instructionSet == now.instructionSet && $0.threads == now.threads }?.flops
    }

    private func best(of now: Ceilings.Bandwidth) -> Double? {
        best?.bandwidth.first { $0.level == now.level && $0.threads == now.threads }?.bytesPerSecond
    }

    /// A row per check and a ceiling.
    var csv: String {
        let checks = findings.map { check, finding in
            ["check", check.name, finding.status.rawValue, finding.found, finding.remedy ?? "", "", "", "", ""]
        }
        let rates = ceilings.arithmetic.map { now in
            [
                "arithmetic", now.instructionSet, "", "", "", String(now.threads), CSV.number(now.flops),
                best(of: now).map(CSV.number) ?? "", "FLOP/s",
            ]
        }
        let reads = ceilings.bandwidth.map { now in
            [
                "bandwidth", now.level, "", "", "", String(now.threads), CSV.number(now.bytesPerSecond),
                best(of: now).map(CSV.number) ?? "", "B/s",
            ]
        }
        let head = ["what", "name", "status", "found", "remedy", "threads", "value", "best_so_far", "unit"]
        return ([head] + checks + rates + reads).map(CSV.line).joined()
    }

    var document: JSONDocument {
        let checks = findings.map { check, finding -> JSONValue in
            [
                "name": .string(check.name), "title": .string(check.title), "status": .string(finding.status.rawValue),
                "found": .string(finding.found), "remedy": JSONValue(finding.remedy),
            ]
        }
        let arithmetic = ceilings.arithmetic.map { now -> JSONValue in
            [
                "instruction_set": .string(now.instructionSet), "bits": .int(now.width), "threads": .int(now.threads),
                "unit": "FLOP/s", "value": JSONValue(now.flops), "best_so_far": JSONValue(best(of: now)),
            ]
        }
        let bandwidth = ceilings.bandwidth.map { now -> JSONValue in
            [
                "level": .string(now.level), "block_bytes": .int(now.block), "threads": .int(now.threads),
                "unit": "B/s", "value": JSONValue(now.bytesPerSecond), "best_so_far": JSONValue(best(of: now)),
            ]
        }
        return JSONDocument(
            command: "doctor", notes: ceilings.doubts,
            others: [
                "machine": .string(machine.id), "processor": .string(machine.processor),
                "processors": .int(machine.processors), "kernel": .string(machine.kernel), "checks": .array(checks),
                "ceilings": ["arithmetic": .array(arithmetic), "bandwidth": .array(bandwidth)],
                "empty_call": JSONCase.metric([("value", ceilings.callSeconds)], unit: "s"),
            ])
    }
}

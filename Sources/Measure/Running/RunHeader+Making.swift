import Foundation
import Instructions
import Measurement
import Results

extension RunHeader {
    /// The header of a run that begins now on this machine with this program.
    /// - Parameter version: Assay's own version.
    init(
        suite: Suite, program: ProgramSources.Identity, machine: Machine, host: SystemView, version: String,
        options: [String: String],
        planned: Int
    ) {
        self.init(
            started: Date().iso8601, assay: version, suite: suite, commit: program.commit, machine: machine,
            blas: host.blas,
            environment: EnvironmentVariables.relevant(in: host.environment), options: options, planned: planned,
            warnings: program.warnings(on: host))
        sources = program.fingerprint
        instructionSet = InstructionSet.current.rawValue
    }
}

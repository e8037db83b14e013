import Foundation
import Platform
import Results
import Settings
import Workers
import Workloads

/// A third-party program that computes workloads and speaks the worker protocol.
///
/// It is asked once what it offers. Each case then runs in its own process of this program, beside one of our workers,
/// which draws the operands, verifies the results and decides how long to sample.
package struct PeerProgram: Provider {
    private let executable: String
    private let arguments: [String]
    private let offers: [Offer]

    /// Starts the program and asks what it offers. Throws a `RunError` if it cannot be started or does not answer.
    /// - Parameter arguments: the arguments that make it a worker.
    package init(executable: String, arguments: [String], timeLimit: Double = 60) throws {
        (self.executable, self.arguments) = (executable, arguments)
        let reply = try Worker(executable: executable, arguments: arguments).ask(.offer, timeLimit: timeLimit)
        guard case .offers(let offers) = reply.result else {
            throw RunError(
                "'\(executable)' does not report what it computes: \(reply.death.message)",
                remedy: "check that it speaks version 3 of the worker protocol")
        }
        self.offers = offers
    }

    package func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
        offers.filter { $0.workloads.contains(workload.schema.name) }.map { offer in
            Implementation(offer.implementation, offer.summary, threading: offer.isThreaded ? .any : .one) {
                tensors, setting, _ in
                let worker = Worker(executable: executable, arguments: arguments, threads: setting.threads)
                return try PeerCase(worker, workload, tensors, setting)
            }
        }
    }
}

import Foundation

/// Held by whoever runs implementations: the threads of BLAS are a setting of the whole process, and tests run side by side.
package let oneAtATime = NSLock()

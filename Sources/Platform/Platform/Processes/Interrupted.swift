/// The user wants to stop.
package struct Interrupted: Error {
    package init() {}
}

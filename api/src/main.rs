//! The program `causeway`.

fn main() -> std::process::ExitCode {
    causeway_api::cli::main()
}

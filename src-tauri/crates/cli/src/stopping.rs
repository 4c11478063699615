//! Being asked to end: Ctrl+C, or the system's word.

use std::sync::{Arc, Mutex, PoisonError};

/// Waits until the system or a person asks this program to end.
pub(crate) async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let mut hang_up = signal(SignalKind::hangup())?;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
        Ok(())
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Work on files that may be stopped between two of them, never within one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stopping {
    work: Arc<Mutex<Work>>,
}

#[derive(Debug, Default)]
struct Work {
    /// A file is being written.
    writing: bool,
    asked: bool,
    written: usize,
    of: usize,
}

impl Stopping {
    /// Listens from now on. Who asks while no file is being written ends the program at once; else that file is finished first.
    pub(crate) fn listen(english: bool) -> Self {
        let stopping = Self::default();
        let heard = stopping.clone();
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            while runtime.block_on(asked_to_end()).is_ok() {
                // while this is held no file can be begun
                let mut work = heard.work.lock().unwrap_or_else(PoisonError::into_inner);
                work.asked = true;
                if !work.writing {
                    eprintln!("{}", work.sentence(english));
                    std::process::exit(1);
                }
            }
        });
        stopping
    }

    fn with<T>(&self, change: impl FnOnce(&mut Work) -> T) -> T {
        change(&mut self.work.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// So many files are to be written.
    pub(crate) fn of(&self, count: usize) {
        self.with(|work| work.of = count);
    }

    /// A file is being written from here on.
    pub(crate) fn begin(&self) {
        self.with(|work| work.writing = true);
    }

    /// The file is whole; whether to go on.
    pub(crate) fn end(&self) -> bool {
        self.with(|work| {
            work.writing = false;
            work.written += 1;
            !work.asked
        })
    }

    /// What is told of work that was stopped.
    pub(crate) fn sentence(&self, english: bool) -> String {
        self.with(|work| work.sentence(english))
    }
}

impl Work {
    fn sentence(&self, english: bool) -> String {
        match (self.written, english) {
            (0, true) => "Stopped before a file was written.".to_owned(),
            (0, false) => "已停止，没有写出文件。".to_owned(),
            (written, true) => format!("Stopped: {written} of {} files were written, each whole.", self.of),
            (written, false) => format!("已停止：共{}份，已写出{written}份，都是完整的。", self.of),
        }
    }
}

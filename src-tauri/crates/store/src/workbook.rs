//! Making, opening and closing a workbook.

use crate::aside::Aside;
use crate::changes::{self, Shapes};
use crate::copies;
use crate::error::{Fault, StoreError, name};
use crate::held::{Held, Look, Lost};
use crate::lock::{self, Holder, Lock, Taken};
use crate::log;
use crate::opening::{self, Way};
use crate::rescue;
use crate::row::Rows;
use crate::schema;
use crate::snapshot::Snapshot;
use crate::stamp::{Ids, Stamp, is_named, moment_text, spoken};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

/// An open workbook. Dropping it closes it; [`close`](Self::close) does so and says whether it went well.
#[derive(Debug)]
pub struct Workbook {
    // fields are dropped in this order: first the connection, then what guards its files
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) id: String,
    pub(crate) read_only: Option<String>,
    pub(crate) shapes: Shapes,
    /// The file that a new workbook is made in, until it stands at `path`.
    aside: Option<Aside>,
    /// Whether the log says which file it belongs to.
    log_is_marked: Cell<bool>,
    /// The files as this program last wrote them; none where it does not write.
    held: RefCell<Option<Held>>,
    lock: Option<Lock>,
    _snapshot: Option<Snapshot>,
}

impl Drop for Workbook {
    fn drop(&mut self) {
        if self.detached().is_some() {
            // the last connection would take away the log at the path, which is another's, or all that is left of this one
            let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

/// A workbook that was opened, and what the clerk should know of the opening.
#[derive(Debug)]
pub struct Opened {
    /// The workbook.
    pub workbook: Workbook,
    /// What the clerk should know; empty as a rule.
    pub notices: Vec<Notice>,
}

/// Something to know about an opening that went well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Another program has it open: this one only reads, the state as last saved.
    OpenElsewhere {
        /// The sentence for the clerk.
        sentence: String,
    },
    /// The file or its folder takes no writes: this program only reads.
    NotWritable {
        /// The sentence for the clerk.
        sentence: String,
    },
    /// An older program's workbook was brought to this program's form, and its copy from before was kept.
    Upgraded {
        /// The sentence for the clerk.
        sentence: String,
    },
    /// A log lay beside the file that was not its own; it was not played into it.
    ForeignLog {
        /// The sentence for the clerk.
        sentence: String,
    },
    /// The day's copy could not be made.
    NoCopy {
        /// The sentence for the clerk.
        sentence: String,
    },
}

impl Notice {
    /// The sentence for the clerk.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::OpenElsewhere { sentence }
            | Self::NotWritable { sentence }
            | Self::Upgraded { sentence }
            | Self::ForeignLog { sentence }
            | Self::NoCopy { sentence } => sentence,
        }
    }
}

/// A second way to read an open workbook's rows.
#[derive(Debug)]
pub struct Beside {
    connection: Connection,
    path: PathBuf,
}

impl Beside {
    /// The rows, to read from.
    #[must_use]
    pub fn read(&self) -> Rows<'_> {
        Rows::of(&self.connection, &self.path)
    }
}

impl Workbook {
    /// Makes a new, empty workbook.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where a file is there already (it is left alone), [`StoreError::FolderMissing`],
    /// [`StoreError::Denied`], [`StoreError::Full`]; then no file is left behind.
    pub fn create(path: &Path, stamp: &Stamp) -> Result<Self, StoreError> {
        Self::begin(path, stamp)?.stand()
    }

    /// Begins a new workbook aside, under another name beside `path`: what a program that is killed leaves there blocks no
    /// name, and is taken away by the next attempt. It is filled by edits and given its name by [`stand`](Self::stand);
    /// dropped before that, it leaves nothing.
    ///
    /// # Errors
    /// As for [`create`](Self::create).
    pub fn begin(path: &Path, stamp: &Stamp) -> Result<Self, StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        let lock = match lock::take(path, stamp)? {
            Taken::Ours(lock) => lock,
            Taken::Theirs(_) => return Err(StoreError::Locked { path: path.to_owned() }),
            Taken::NotWritable => {
                // whether there are no rights or no room, the system says when a file is made
                drop(Aside::make(path)?);
                return Err(StoreError::Denied { path: path.to_owned() });
            }
        };
        let aside = Aside::make(path)?;
        let on_file = |error: rusqlite::Error| Fault::from(error).on(path);
        let mut connection = opening::connect(&aside.file, Way::Private).map_err(on_file)?;
        let id = Ids::from(stamp.at).next();
        let fill = |connection: &mut Connection| -> Result<Shapes, rusqlite::Error> {
            // all or nothing of it counts, and it is brought to disk once, when it is whole
            connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
            schema::migrate(&transaction)?;
            for (key, value) in [("workbook_id", id.as_str()), ("created_at", &moment_text(stamp.at)), ("created_by", &stamp.who)]
            {
                transaction.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
            }
            log::begin(&transaction)?;
            transaction.commit()?;
            changes::shapes(connection)
        };
        let shapes = fill(&mut connection).map_err(on_file)?;
        let path = path.to_owned();
        let log_is_marked = Cell::new(false);
        Ok(Self {
            connection,
            path,
            id,
            read_only: None,
            shapes,
            aside: Some(aside),
            log_is_marked,
            held: RefCell::new(None),
            lock: Some(lock),
            _snapshot: None,
        })
    }

    /// Gives a workbook that was [begun](Self::begin) its name, once all of it is on disk; any other stays as it is.
    ///
    /// # Errors
    /// As for [`create`](Self::create).
    pub fn stand(mut self) -> Result<Self, StoreError> {
        let Some(aside) = self.aside.take() else { return Ok(self) };
        let nowhere = opening::nowhere().map_err(|error| Fault::from(error).on(&self.path))?;
        let filled = std::mem::replace(&mut self.connection, nowhere);
        filled.close().map_err(|(_, error)| Fault::from(error).on(&self.path))?;
        aside.take_the_name(&self.path)?;
        self.connection = writer(&self.path)?;
        self.log_is_marked.set(false);
        self.held = RefCell::new(Some(Held::of(&self.path, &self.connection)?));
        Ok(self)
    }

    /// Opens a workbook: for writing where possible, else for reading with a notice. An older program's workbook is
    /// brought to this program's form after a copy was made; once a day of use a copy is made.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotWorkbook`], [`StoreError::OtherProgram`], [`StoreError::Newer`],
    /// [`StoreError::Corrupt`] and failures of the medium; the file is not changed then.
    pub fn open(path: &Path, stamp: &Stamp) -> Result<Opened, StoreError> {
        match Self::open_once(path, stamp) {
            // one read that went wrong is no damage: nothing of the first look is kept
            Err(StoreError::Corrupt { .. }) => Self::open_once(path, stamp),
            opened => opened,
        }
    }

    fn open_once(path: &Path, stamp: &Stamp) -> Result<Opened, StoreError> {
        let path = opening::real_path(path);
        rescue::end_rescue(&path, stamp)?;
        opening::inspect(&path)?;
        match lock::take(&path, stamp)? {
            Taken::Ours(lock) if !opening::takes_writes(&path) => {
                // before SQLite looks at it: it would leave a file beside it that a later writer could not use
                drop(lock);
                Self::open_to_read(&path, stamp, not_writable(&path))
            }
            Taken::Ours(lock) => {
                let opened = own_log(&path, stamp)
                    .and_then(|aside| Ok((admitted(&path)?, aside)))
                    .and_then(|(connection, aside)| Self::open_to_write(connection, path.clone(), (lock, aside), stamp));
                // the lock is let go of in each of these cases
                match opened {
                    // no room for the copy before an upgrade: it is shown without one
                    Err(StoreError::Full { .. }) => Self::open_to_read(&path, stamp, full(&path)),
                    Err(StoreError::Denied { .. }) => Self::open_to_read(&path, stamp, not_writable(&path)),
                    Err(StoreError::NotUpgraded { why, .. }) => Self::open_to_read(&path, stamp, not_upgraded(&path, &why)),
                    Err(StoreError::Locked { .. }) => Self::open_to_read(&path, stamp, open_elsewhere(&path, None, stamp)),
                    opened => opened,
                }
            }
            Taken::Theirs(holder) => {
                let notice = open_elsewhere(&path, holder.as_ref(), stamp);
                Self::open_to_read(&path, stamp, notice)
            }
            Taken::NotWritable => Self::open_to_read(&path, stamp, not_writable(&path)),
        }
    }

    fn open_to_write(
        mut connection: Connection,
        path: PathBuf,
        (lock, log_aside): (Lock, Option<PathBuf>),
        stamp: &Stamp,
    ) -> Result<Opened, StoreError> {
        let on_file = |error: rusqlite::Error| Fault::from(error).on(&path);
        let mut notices: Vec<Notice> = log_aside.iter().map(|log| foreign_log(&path, log)).collect();
        if schema::version_of(&connection).map_err(on_file)? < schema::version() {
            // tried on a private copy first, and kept: an upgrade that cannot be made changes nothing
            drop(Self::look(&path, stamp, String::new())?);
            let copied =
                copies::make(&connection, &path, copies::CopyKind::BeforeUpgrade, stamp).map_err(|error| match error {
                    StoreError::Full { .. } | StoreError::Corrupt { .. } => error,
                    other => StoreError::NotUpgraded { path: path.clone(), why: other.cause() },
                })?;
            upgrade(&mut connection).map_err(|error| opening::damaged(error, &path))?;
            notices.push(Notice::Upgraded {
                sentence: format!("“{}”由旧版本程序保存，已升级；升级前的备份是“{}”。", name(&path), name(&copied.path)),
            });
        }
        opening::begin_writing(&connection).map_err(|error| opening::damaged(error, &path))?;
        let (id, shapes) = known(&connection, &path)?;
        match copies::make_if_due(&connection, &path, stamp) {
            Err(damage @ StoreError::Corrupt { .. }) => return Err(damage),
            Err(error) => notices.push(Notice::NoCopy { sentence: no_copy(&path, &error) }),
            Ok(_) => {}
        }
        let held = RefCell::new(Some(Held::of(&path, &connection)?));
        let workbook = Self {
            connection,
            path,
            id,
            read_only: None,
            shapes,
            aside: None,
            log_is_marked: Cell::new(false),
            held,
            lock: Some(lock),
            _snapshot: None,
        };
        Ok(Opened { workbook, notices })
    }

    fn open_to_read(path: &Path, stamp: &Stamp, notice: Notice) -> Result<Opened, StoreError> {
        let workbook = Self::look(path, stamp, notice.sentence().to_owned())?;
        Ok(Opened { workbook, notices: vec![notice] })
    }

    /// Opens any workbook file, such as a copy, for reading only and from a private copy of it; `why` is the sentence that
    /// a write is refused with.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn look(path: &Path, stamp: &Stamp, why: String) -> Result<Self, StoreError> {
        let path = opening::real_path(path);
        opening::inspect(&path)?;
        let snapshot = Snapshot::of(&path, &Ids::from(stamp.at).next())?;
        let on_file = |error: rusqlite::Error| opening::damaged(error, &path);
        let mut connection = opening::connect(&snapshot.file(), Way::Private).map_err(on_file)?;
        if !log_fits(&connection, &snapshot.file()) {
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(on_file)?;
            drop(connection);
            snapshot.forget_log()?;
            connection = opening::connect(&snapshot.file(), Way::Private).map_err(on_file)?;
        }
        opening::admit(&connection, &path)?;
        if schema::version_of(&connection).map_err(on_file)? < schema::version() {
            upgrade(&mut connection).map_err(on_file)?;
        }
        // without a log it is one file that nothing has to be created beside
        connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(on_file)?;
        connection.execute_batch("PRAGMA query_only = ON;").map_err(on_file)?;
        snapshot.hide();
        let (id, shapes) = known(&connection, &path)?;
        Ok(Self {
            connection,
            path,
            id,
            read_only: Some(why),
            shapes,
            aside: None,
            log_is_marked: Cell::new(true),
            held: RefCell::new(None),
            lock: None,
            _snapshot: Some(snapshot),
        })
    }

    /// The workbook's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The workbook's own id, UUIDv7 text, made once; a copied file keeps it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether writes are refused; the notice at opening said why.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// The rows, to read from.
    #[must_use]
    pub fn read(&self) -> Rows<'_> {
        Rows::of(&self.connection, &self.path)
    }

    /// A second way to read the rows, for another thread while nothing is written; none while the log holds what the file does
    /// not, or where the file is shown without being held.
    #[must_use]
    pub fn beside(&self) -> Option<Beside> {
        let log_is_empty = log::is_empty(&self.path);
        let is_held = self.lock.is_some() && self.aside.is_none() && self.path.is_absolute();
        let connection = (is_held && log_is_empty).then(|| opening::connect_beside(&self.path).ok()).flatten()?;
        Some(Beside { connection, path: self.path.clone() })
    }

    /// Moves all saved edits from the log into the one file, so that a copy made with the file manager has everything.
    /// To be called when nothing was written for some seconds; it changes nothing that can be read.
    ///
    /// # Errors
    /// [`StoreError::Unsettled`]; the edits are safe in the log then.
    pub fn settle(&self) -> Result<(), StoreError> {
        if self.is_read_only() || self.aside.is_some() || log::is_empty(&self.path) {
            return Ok(());
        }
        if let Some(lost) = self.detached() {
            return Err(StoreError::Detached { path: self.path.clone(), lost });
        }
        // where it cannot be written, the log still belongs to the file by the mark that both have
        let _ = log::end(&self.connection);
        if let Some(held) = self.held.borrow_mut().as_mut() {
            held.marked(&self.connection);
        }
        self.log_is_marked.set(false);
        let settled = settle(&self.connection);
        self.hold();
        settled.map_err(|error| StoreError::Unsettled { path: self.path.clone(), why: Fault::from(error).on(&self.path).cause() })
    }

    /// Closes the workbook. One file remains.
    ///
    /// # Errors
    /// As for [`settle`](Self::settle): the edits are safe in the log beside the file, and the next opening finds them.
    pub fn close(self) -> Result<(), StoreError> {
        self.settle()
    }

    /// What became of the file that was opened, where the path no longer leads to it. What was saved can still be read here,
    /// and be [written elsewhere](Self::copy_to).
    #[must_use]
    pub fn detached(&self) -> Option<Lost> {
        match self.held.borrow().as_ref()?.look(&self.path, self.lock.as_ref()) {
            Look::Lost(lost) => Some(lost),
            Look::Here | Look::LogLost => None,
        }
    }

    /// Takes note of the files as this program has them now.
    fn hold(&self) {
        if let (Some(held), Ok(now)) = (self.held.borrow_mut().as_mut(), Held::of(&self.path, &self.connection)) {
            *held = now;
        }
    }

    /// To be called before a write begins: it is refused where it could not be acknowledged. A log that was taken away is
    /// moved into its file as long as it is held open, and begun anew.
    pub(crate) fn before_write(&mut self) -> Result<(), StoreError> {
        self.writable()?;
        let look = self.held.borrow().as_ref().map(|held| held.look(&self.path, self.lock.as_ref()));
        match look {
            Some(Look::Lost(lost)) => return Err(StoreError::Detached { path: self.path.clone(), lost }),
            Some(Look::LogLost) => {
                settle(&self.connection).map_err(|error| Fault::from(error).on(&self.path))?;
                self.connection
                    .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
                    .map_err(|error| Fault::from(error).on(&self.path))?;
                let nowhere = opening::nowhere().map_err(|error| Fault::from(error).on(&self.path))?;
                drop(std::mem::replace(&mut self.connection, nowhere));
                self.connection = writer(&self.path)?;
                self.log_is_marked.set(false);
                self.hold();
            }
            Some(Look::Here) | None => {}
        }
        Ok(())
    }

    /// Whether the log has yet to say which file it belongs to.
    pub(crate) fn log_is_new(&self) -> bool {
        !self.log_is_marked.get()
    }

    /// To be called after a write was committed: it is acknowledged only where the file that was opened has it.
    pub(crate) fn after_write(&mut self) -> Result<(), StoreError> {
        self.log_is_marked.set(true);
        let Some(held) = self.held.get_mut() else { return Ok(()) };
        held.marked(&self.connection);
        match held.look(&self.path, self.lock.as_ref()) {
            Look::Lost(lost) => Err(StoreError::Detached { path: self.path.clone(), lost }),
            Look::LogLost => settle(&self.connection).map_err(|error| Fault::from(error).on(&self.path)),
            Look::Here => {
                held.wrote(&self.path);
                Ok(())
            }
        }
    }

    pub(crate) fn writable(&self) -> Result<(), StoreError> {
        match &self.read_only {
            None => Ok(()),
            Some(why) => Err(StoreError::ReadOnly { path: self.path.clone(), why: why.clone() }),
        }
    }
}

/// Puts a log aside that lies beside the file and is not its own, before it could be played into it; where it went.
fn own_log(path: &Path, stamp: &Stamp) -> Result<Option<PathBuf>, StoreError> {
    let connection = opening::connect(path, Way::Write).map_err(|error| opening::damaged(error, path))?;
    let fits = log_fits(&connection, path);
    // closing does not touch the log: the file is not admitted yet
    drop(connection);
    if fits { Ok(None) } else { rescue::put_log_aside(path, stamp).map(Some) }
}

/// Whether the log beside a file may be played into it: it was begun for this file, and does not damage it.
fn log_fits(connection: &Connection, path: &Path) -> bool {
    log::is_empty(path)
        || log::is_of(connection, path)
            && !(matches!(opening::admit(connection, path), Err(StoreError::Corrupt { .. })) && log::is_what_damages(path))
}

fn foreign_log(path: &Path, log: &Path) -> Notice {
    Notice::ForeignLog {
        sentence: format!(
            "“{}”旁边有一份不属于它的日志（多半是文件被换成了另一份拷贝），没有并入台账，已放到备份文件夹：“{}”。请核对最近几次改动是否都在。",
            name(path),
            name(log)
        ),
    }
}

/// The writing connection of a file that is admitted.
fn writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = admitted(path)?;
    opening::begin_writing(&connection).map_err(|error| opening::damaged(error, path))?;
    Ok(connection)
}

/// A connection that is to write to a file, which is admitted and still as it was.
fn admitted(path: &Path) -> Result<Connection, StoreError> {
    let connection = opening::connect(path, Way::Write).map_err(|error| opening::damaged(error, path))?;
    opening::admit(&connection, path)?;
    opening::is_for_writing(&connection).map_err(|error| opening::damaged(error, path))?;
    Ok(connection)
}

fn settle(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

pub(crate) fn upgrade(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::migrate(&transaction)?;
    transaction.commit()
}

/// The workbook's id and the shapes of its tables.
pub(crate) fn known(connection: &Connection, path: &Path) -> Result<(String, Shapes), StoreError> {
    let damaged = |error: rusqlite::Error| opening::damaged(error, path);
    let id = connection.query_row("SELECT value FROM meta WHERE key = 'workbook_id'", [], |row| row.get(0)).map_err(damaged)?;
    let shapes = changes::shapes(connection).map_err(damaged)?;
    if let Some((table, _)) = shapes.iter().find(|(_, columns)| columns.is_empty()) {
        return Err(StoreError::corrupt(path, format!("缺少数据表{table}")));
    }
    Ok((id, shapes))
}

fn open_elsewhere(path: &Path, holder: Option<&Holder>, stamp: &Stamp) -> Notice {
    let by = match holder {
        Some(holder) if is_named(&holder.who) || !holder.device.is_empty() => {
            let named = Some(holder.who.as_str()).filter(|who| is_named(who)).unwrap_or_default();
            let who = match (named, holder.device.as_str()) {
                (who, "") => who.to_owned(),
                ("", device) => format!("有人在电脑“{device}”上"),
                (who, device) => format!("{who}（{device}）"),
            };
            format!("{who}自{}起打开着", spoken(holder.since, stamp.at.date()))
        }
        _ => "另一个程序正打开着".to_owned(),
    };
    Notice::OpenElsewhere {
        sentence: format!("{by}“{}”，这里以只读方式显示它最近一次保存的内容。请等对方关闭后重新打开，再作修改。", name(path)),
    }
}

fn no_copy(path: &Path, error: &StoreError) -> String {
    format!("今天的自动备份没有做成（{}）；台账“{}”本身不受影响。请处理后重新打开，以便留下备份。", error.cause(), name(path))
}

fn full(path: &Path) -> Notice {
    Notice::NotWritable {
        sentence: format!("磁盘已满，“{}”以只读方式打开，以前保存的内容都在。请清理磁盘后重新打开，再作修改。", name(path)),
    }
}

fn not_upgraded(path: &Path, why: &str) -> Notice {
    Notice::NotWritable {
        sentence: format!(
            "“{}”由旧版本程序保存，升级前的备份没有做成（{why}），所以没有升级，这里以只读方式打开，文件没有改动。请处理后重新打开。",
            name(path)
        ),
    }
}

fn not_writable(path: &Path) -> Notice {
    Notice::NotWritable {
        sentence: format!(
            "“{}”或它所在的文件夹不能写入，这里以只读方式打开。如需修改，请先把它拷贝到可以写入的文件夹。",
            name(path)
        ),
    }
}

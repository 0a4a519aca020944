//! Whether the site works without a network, and what is done about it: a state machine without a browser. [`super::keeper`] does what it says.
//!
//! It must never claim readiness that the service worker did not count, and never let a new release take over unasked.

use miniserde::Deserialize;
use units::Bytes;

/// What the reader is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// Nothing yet: the page itself comes first.
    #[default]
    Absent,
    /// This browser, or this address, keeps nothing.
    Unsupported,
    /// Files are on their way.
    Fetching {
        /// How many are there.
        done: u32,
        /// Of how many.
        of: u32,
    },
    /// Everything is there.
    Ready,
    /// Another release than this page's waits to be shown.
    NewRelease,
    /// The browser asked to save data: nothing more comes until the reader says so.
    SaveData {
        /// What would be fetched, before compression.
        left: Bytes,
    },
    /// It did not work; why.
    Failed(String),
}

impl Offline {
    /// The state's name in `data-offline`.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unsupported => "unsupported",
            Self::Fetching { .. } => "fetching",
            Self::Ready => "ready",
            Self::NewRelease => "new-release",
            Self::SaveData { .. } => "save-data",
            Self::Failed(_) => "failed",
        }
    }

    /// The state in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Unsupported => "Not saved for offline use: this browser or this address does not allow it.".to_owned(),
            Self::Fetching { done, of } => format!("Saving for offline use: {done} of {of} files."),
            Self::Ready => "Offline ready: this site works here without a network.".to_owned(),
            Self::NewRelease => "A new release is ready.".to_owned(),
            Self::SaveData { .. } => "Your browser asked to save data, so not everything is saved for offline use.".to_owned(),
            Self::Failed(why) => format!("Not saved for offline use: {why}. The next visit tries again."),
        }
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn offer(&self) -> Option<Offer> {
        match self {
            Self::NewRelease => Some(Offer::Reload),
            Self::SaveData { left } => Some(Offer::Fetch(*left)),
            Self::Absent | Self::Unsupported | Self::Fetching { .. } | Self::Ready | Self::Failed(_) => None,
        }
    }
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Fetch so much.
    Fetch(Bytes),
    /// Go over to the new release.
    Reload,
}

impl Offer {
    /// What the button says.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Fetch(left) => format!("Fetch up to {left} for offline use"),
            Self::Reload => "Reload".to_owned(),
        }
    }
}

/// Whether the browser was told to save data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataUse {
    /// Nothing was said.
    Free,
    /// It was.
    Saving,
}

/// Which service worker: the one that serves this site's pages, or a new release's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Serves.
    Active,
    /// Waits to be asked for.
    Waiting,
}

/// What a service worker says of its release.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// Its build.
    pub build: String,
    /// How many files are kept, each compared with its hash.
    pub have: u32,
    /// Of how many.
    pub of: u32,
    /// The bytes of those that are not.
    pub left: u64,
    /// Whether the counting or fetching is over.
    pub ended: bool,
    /// Why not all could be fetched.
    pub fault: Option<String>,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The page stands and has nothing to do.
    Idle {
        /// Whether an earlier visit has put a service worker there.
        registered: bool,
    },
    /// A service worker is there and can be asked.
    Found(Which),
    /// A service worker answered.
    Told(Which, Told),
    /// The browser keeps nothing here.
    Refused,
    /// The first service worker could not be installed.
    NotInstalled,
    /// A new release's service worker has taken the old one's place.
    TakenOver,
    /// The network is back.
    Online,
    /// The reader pressed the button.
    Pressed,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Register the service worker.
    Register,
    /// Ask what is kept.
    Look(Which),
    /// Have the rest fetched.
    Fill(Which),
    /// Ask the waiting release to take over.
    TakeOver,
    /// Load the page anew.
    Reload,
}

/// How far a new release has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Release {
    /// There is none.
    None,
    /// It waits.
    Waits,
    /// The reader asked for it.
    Wanted,
    /// It serves, and this page is of the old one.
    Serves,
}

/// The machine.
#[derive(Clone, Debug)]
pub struct Machine {
    build: String,
    data: DataUse,
    total: Bytes,
    state: Offline,
    release: Release,
}

impl Machine {
    /// A machine for a page of this build; `total` is what all files weigh.
    #[must_use]
    pub const fn new(build: String, data: DataUse, total: Bytes) -> Self {
        Self { build, data, total, state: Offline::Absent, release: Release::None }
    }

    /// What the reader is told.
    #[must_use]
    pub const fn state(&self) -> &Offline {
        &self.state
    }

    /// Takes note of what happens, and says what is to be done.
    pub fn on(&mut self, happening: Happening) -> Option<Errand> {
        match happening {
            Happening::Idle { registered } => self.begin(registered),
            Happening::Found(Which::Active) => Some(Errand::Look(Which::Active)),
            Happening::Found(Which::Waiting) => self.new_release_found(),
            Happening::Told(Which::Active, told) => self.active_told(told),
            Happening::Told(Which::Waiting, told) => {
                // Whole, or as whole as it gets: then nothing that works offline now is lost by going over to it.
                if told.ended {
                    self.offer_release(Release::Waits);
                }
                None
            }
            Happening::Refused => {
                self.say(Offline::Unsupported);
                None
            }
            Happening::NotInstalled => {
                self.say(Offline::Failed("the first files could not be fetched".to_owned()));
                None
            }
            Happening::TakenOver if self.release == Release::Wanted => Some(Errand::Reload),
            Happening::TakenOver => {
                // Another tab asked for it. What this page still needs of its own release is kept for it.
                self.offer_release(Release::Serves);
                None
            }
            Happening::Online => matches!(self.state, Offline::Failed(_)).then_some(Errand::Look(Which::Active)),
            Happening::Pressed => self.pressed(),
        }
    }

    fn begin(&mut self, registered: bool) -> Option<Errand> {
        if self.data == DataUse::Saving && !registered {
            self.say(Offline::SaveData { left: self.total });
            return None;
        }
        Some(Errand::Register)
    }

    fn new_release_found(&mut self) -> Option<Errand> {
        if self.data == DataUse::Saving {
            self.offer_release(Release::Waits);
            return None;
        }
        Some(Errand::Fill(Which::Waiting))
    }

    fn active_told(&mut self, told: Told) -> Option<Errand> {
        let (done, of) = (told.have, told.of);
        if told.build != self.build {
            // The page came from a host, or from a cache of its, that has another release than the one kept.
            self.offer_release(Release::Serves);
            return None;
        }
        if !told.ended {
            self.say(Offline::Fetching { done, of });
            return None;
        }
        if done == of {
            self.say(Offline::Ready);
            return None;
        }
        if let Some(fault) = told.fault {
            self.say(Offline::Failed(fault));
            return None;
        }
        if self.data == DataUse::Saving {
            self.say(Offline::SaveData { left: Bytes(told.left) });
            return None;
        }
        self.say(Offline::Fetching { done, of });
        Some(Errand::Fill(Which::Active))
    }

    fn pressed(&mut self) -> Option<Errand> {
        match self.state {
            Offline::SaveData { .. } => {
                self.data = DataUse::Free;
                self.say(Offline::Absent);
                // Registering what is registered finds it again.
                Some(Errand::Register)
            }
            Offline::NewRelease if self.release == Release::Waits => {
                self.release = Release::Wanted;
                Some(Errand::TakeOver)
            }
            Offline::NewRelease => Some(Errand::Reload),
            Offline::Absent | Offline::Unsupported | Offline::Fetching { .. } | Offline::Ready | Offline::Failed(_) => None,
        }
    }

    fn offer_release(&mut self, release: Release) {
        if self.release != Release::Wanted {
            self.release = release;
            self.state = Offline::NewRelease;
        }
    }

    /// A new release stays offered, whatever else happens.
    fn say(&mut self, state: Offline) {
        if self.release == Release::None {
            self.state = state;
        }
    }
}

#[cfg(test)]
#[path = "offline_tests.rs"]
mod tests;

// The file system that SQLite uses in these tests.
#pragma once

namespace kirikae::testing {

class Disk;

/// From now on, files in the disk's folder and temporary files without a name go through `disk`
/// (null: no files do). Files that are open stay where they are.
void Mount(Disk* disk);

}  // namespace kirikae::testing

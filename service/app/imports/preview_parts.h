// Collects the rows of a preview.
#pragma once

#include <string>
#include <utility>

#include "kirikae/stored/import.pb.h"
#include "service/app/imports/import_kind.h"

namespace kirikae::app {

/// Problems of a file that are kept; further ones are counted.
inline constexpr int kMostProblems = 10'000;

/// Puts rows into parts and counts them in the summary. Not thread-safe.
class PreviewParts {
 public:
  /// `preview` has its header and the facts about its source.
  PreviewParts(const ImportKind& kind, stored::ImportPreview preview) : kind_(kind) {
    built_.preview = std::move(preview);
  }

  /// A new row. The caller fills it before the next call.
  stored::ImportPartRow& Add() {
    if (part_.rows_size() == kRowsOfAPart) EndPart();
    return *part_.add_rows();
  }

  /// The part that the row of the last Add() is in.
  stored::ImportPart& part() { return part_; }

  stored::ImportSummary& summary() { return *built_.preview.mutable_summary(); }

  /// The whole preview.
  BuiltPreview Finish() &&;

 private:
  void EndPart();
  // Whether the row has a problem or is derived.
  bool Count(const stored::ImportRow& row);
  // Counts the row's problems, and leaves them out once enough are kept.
  void KeepProblems(stored::ImportRow& row);

  const ImportKind& kind_;
  BuiltPreview built_;
  stored::ImportPart part_;
};

/// The hash over a preview's parts up to and including `part`. `before` is the hash of the parts
/// before it, "" for the first.
std::string HashOfParts(const std::string& before, const std::string& part);

}  // namespace kirikae::app

// The files of the page, as the HTTP port serves them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "service/http/exchange.h"

namespace kirikae::assets {

/// Prepares the embedded files once: compressed, and each but the pages under a name with the hash
/// of its content, so that a browser may keep it for ever. Thread-safe once made.
class Assets {
 public:
  Assets();

  /// Answers a GET or HEAD for a file: 200, 304 where the browser has it, 404, or 405 for other
  /// methods. `/` is the page; so is every path without a dot, because the page has views of its
  /// own.
  void Answer(const http::Request& request, http::Exchange& exchange) const;

  /// The path under which a file is served, such as `/app.0a1b2c3d4e5f6071.js`; "" for an unknown
  /// file.
  std::string PathOf(std::string_view name) const;

 private:
  struct Asset {
    std::string type;
    std::string body;
    std::string gzip;  ///< "" where it is not smaller
    std::string etag;
    bool for_ever = false;
  };

  std::map<std::string, Asset, std::less<>> by_path_;
  std::map<std::string, std::string, std::less<>> paths_;  // by the name of the file
};

}  // namespace kirikae::assets

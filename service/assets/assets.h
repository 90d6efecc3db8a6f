// The files of the page, as the HTTP port serves them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "service/http/exchange.h"

namespace kirikae::assets {

/// Prepares the embedded files once. The build has named each but the page by the hash of its
/// content, so a browser may keep it for ever. Thread-safe once made.
class Assets {
 public:
  Assets();

  /// Answers a GET or HEAD for a file: 200, 304 where the browser has it, 404, or 405 for other
  /// methods. The page answers at the path of each of its views: `/`, `/today`,
  /// `/devices/TSM-00001`.
  void Answer(const http::Request& request, http::Exchange& exchange) const;

 private:
  struct Asset {
    std::string type;
    std::string body;
    std::string gzip;  ///< "" where it is not smaller
    std::string etag;
    bool for_ever = false;
  };

  std::map<std::string, Asset, std::less<>> by_path_;
};

}  // namespace kirikae::assets

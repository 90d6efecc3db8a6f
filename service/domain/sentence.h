// The sentences for people, as the domain says them.
#pragma once

#include "service/text/sentence.h"

namespace kirikae::domain {

using text::Fill;
using text::kMostQuotedBytes;
using text::Sentence;
using text::Shortened;

}  // namespace kirikae::domain

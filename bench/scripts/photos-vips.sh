# One photo by the programs of libvips: photos-vips.sh PHOTO TO; its own lossless files in between.
set -e
name=$(basename "$1" .jpg)
between=$(mktemp -d)
trap 'rm -rf "$between"' EXIT
vipsthumbnail "$1" --size 1600x -o "$between/resized.v"
vips colourspace "$between/resized.v" "$between/grey.v" b-w
vips sharpen "$between/grey.v" "$2/$name.webp[Q=80]"
